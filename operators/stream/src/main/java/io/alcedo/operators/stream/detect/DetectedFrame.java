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
 */
public record DetectedFrame(
    DetectionLine line,
    DeadLetter deadLetter,
    int batchSize,
    CameraRecord frame,
    Classified classified) {

  /**
   * What a classifier did for one frame.
   *
   * @param pictures that it was given: the frame, or crops of its objects
   * @param failed of these got no result
   * @param batchSize how many pictures shared an inference with one of these, at most
   */
  public record Classified(int pictures, int failed, int batchSize) {}

  /** What a detector says, without the frame. */
  static DetectedFrame of(DetectionLine line, DeadLetter deadLetter, int batchSize) {
    return new DetectedFrame(line, deadLetter, batchSize, null, null);
  }

  /** The same with the frame, for a stage behind. */
  DetectedFrame withFrame(CameraRecord itself) {
    return new DetectedFrame(line, deadLetter, batchSize, itself, classified);
  }

  /**
   * The same as a classifier leaves it, without the frame.
   *
   * @param letter about what it could not classify, or null
   */
  public DetectedFrame classified(DetectionLine completed, DeadLetter letter, Classified by) {
    return new DetectedFrame(completed, letter, batchSize, null, by);
  }
}
