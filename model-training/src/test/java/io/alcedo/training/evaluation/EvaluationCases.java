package io.alcedo.training.evaluation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.Arrays;
import java.util.List;

/** The cast of the evaluation's tests. */
final class EvaluationCases {
  private EvaluationCases() {}

  static Detection found(Box box, double score) {
    return new Detection(box, null, score);
  }

  static List<Truth> truth(Box... boxes) {
    return Arrays.stream(boxes).map(box -> new Truth(box, null, false)).toList();
  }

  static Image image(List<Detection> detections, List<Truth> truths) {
    return new Image(detections, truths);
  }

  /** A mask that fills a box of whole pixels in a picture of side × side px. */
  static RleMask filled(Box box, int side) {
    byte[] window = new byte[(int) box.area()];
    Arrays.fill(window, (byte) 1);
    return RleMask.encodeWindow(
        window, side, side, (int) box.x(), (int) box.y(), (int) box.width(), (int) box.height());
  }
}
