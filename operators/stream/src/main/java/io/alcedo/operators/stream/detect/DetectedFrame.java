package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;

/**
 * What the inference stages say of one record.
 *
 * @param line null where the record did not name a frame
 * @param deadLetter null where all of the record could be processed
 * @param batchSize how many frames shared the detector's inference, 0 where none ran
 * @param frame the frame itself while a stage behind needs its pixels, else null
 * @param classified null where no classifier looked at it
 * @param encoded null where no encoder looked at its objects
 */
public record DetectedFrame(
    DetectionLine line,
    DeadLetter deadLetter,
    int batchSize,
    CameraRecord frame,
    Classified classified,
    Encoded encoded) {

  /**
   * What a classifier did for one frame.
   *
   * @param pictures that it was given: the frame, or crops of its objects
   * @param failed of these got no result
   * @param batchSize how many pictures shared an inference with one of these, at most
   */
  public record Classified(int pictures, int failed, int batchSize) {}

  /**
   * What an encoder did for one frame.
   *
   * @param objects that it was to look at
   * @param failed of these have no vector
   * @param deadLetter about them, or null
   */
  public record Encoded(int objects, int failed, DeadLetter deadLetter) {}

  /** What a detector says, without the frame. */
  static DetectedFrame of(DetectionLine line, DeadLetter deadLetter, int batchSize) {
    return new DetectedFrame(line, deadLetter, batchSize, null, null, null);
  }

  /** The same with the frame, for a stage behind. */
  DetectedFrame withFrame(CameraRecord itself) {
    return new DetectedFrame(line, deadLetter, batchSize, itself, classified, encoded);
  }

  /**
   * The same as a classifier leaves it, without the frame.
   *
   * @param letter about what it could not classify, or null
   */
  public DetectedFrame classified(DetectionLine completed, DeadLetter letter, Classified by) {
    return new DetectedFrame(completed, letter, batchSize, null, by, encoded);
  }

  /**
   * The same as an encoder leaves it.
   *
   * @param keepsFrame whether a stage behind needs the pixels
   */
  public DetectedFrame encoded(DetectionLine completed, Encoded by, boolean keepsFrame) {
    return new DetectedFrame(
        completed, deadLetter, batchSize, keepsFrame ? frame : null, classified, by);
  }
}
