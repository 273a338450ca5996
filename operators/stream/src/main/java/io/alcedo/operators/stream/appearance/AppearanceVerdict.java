package io.alcedo.operators.stream.appearance;

import io.alcedo.connectors.event.Appearance;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.DetectedFrame.Encoded;
import io.alcedo.operators.stream.detect.FailedPictures;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Completes a line with what its objects look like. An encoder that fails costs a line its vectors
 * and nothing else: the tracker follows by the boxes, and a dead letter says what is missing.
 *
 * @param encoder name@sha256 prefix
 * @param keepsFrames whether a stage behind needs the frame's pixels
 */
record AppearanceVerdict(String encoder, boolean keepsFrames) {
  static final String STAGE = "appearance";

  /**
   * A frame whose objects were looked at.
   *
   * @param objects indices of those that were
   * @param outcomes one for each of them
   */
  DetectedFrame of(DetectedFrame frame, List<Integer> objects, List<Outcome<float[]>> outcomes) {
    List<DetectedObject> all = new ArrayList<>(frame.line().objects());
    for (int i = 0; i < objects.size(); i++) {
      if (outcomes.get(i) instanceof Inferred<float[]> inferred) {
        int index = objects.get(i);
        all.set(index, all.get(index).withAppearance(Appearance.of(inferred.result())));
      }
    }
    FailedPictures failed = FailedPictures.of(outcomes);
    DetectionLine line = frame.line();
    return complete(frame, failed.isAll() ? line : line.encoded(encoder, all), failed);
  }

  /** A frame that was not looked at at all. */
  DetectedFrame failed(DetectedFrame frame, int pictures, String reason) {
    FailedPictures failed = new FailedPictures(pictures, Collections.nCopies(pictures, reason));
    return complete(frame, frame.line(), failed);
  }

  private DetectedFrame complete(DetectedFrame frame, DetectionLine line, FailedPictures failed) {
    Encoded by = new Encoded(failed.asked(), failed.count(), failed.letter(frame.frame(), STAGE));
    return frame.encoded(line, by, keepsFrames);
  }
}
