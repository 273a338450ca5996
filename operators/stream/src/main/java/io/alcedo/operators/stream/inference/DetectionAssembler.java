package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns what a model found on its canvas into a line about the original picture: best score first
 * (ties in the model's order), from the wire threshold on, masks from the mask threshold on.
 *
 * <p>Boxes and scores are rounded here as they are on the wire, so that rules which see the objects
 * themselves decide as those do which read the topic.
 */
public record DetectionAssembler(ModelManifest manifest) {

  /**
   * The line of a frame that the model saw.
   *
   * @throws InferenceException if the model gave a label that its manifest does not name
   */
  public DetectionLine line(CameraRecord frame, Inferred<Detections> inferred) {
    Placement fit = inferred.fit();
    return new DetectionLine(
        frame.id(),
        frame.ref(),
        frame.captureTime(),
        frame.published(),
        LineStatus.OK,
        null,
        manifest.version(),
        fit.source().width(),
        fit.source().height(),
        inferred.picture(),
        objects(frame, fit, inferred.result()),
        null,
        List.of(),
        null);
  }

  private List<DetectedObject> objects(CameraRecord frame, Placement fit, Detections found) {
    Thresholds thresholds = manifest.thresholds();
    List<Integer> best =
        IntStream.range(0, found.count())
            .filter(i -> found.scores()[i] >= thresholds.wire() && isFinite(found.boxes(), i))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -found.scores()[i]))
            .limit(thresholds.maxObjects())
            .toList();
    List<DetectedObject> objects = new ArrayList<>(best.size());
    for (int i : best) {
      float[] corners = found.boxes();
      Box onCanvas =
          Box.ofCorners(corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
      Box box = fit.toSource(onCanvas);
      double score = round(Math.min(1, found.scores()[i]), 1e4);
      RleMask mask = score >= thresholds.mask() ? found.masks().encode(i, box, fit) : null;
      String id = frame.id().objectId(objects.size());
      objects.add(
          new DetectedObject(id, label(found.labels()[i]), score, onWire(box), mask, List.of()));
    }
    return objects;
  }

  private static Box onWire(Box box) {
    return new Box(
        round(box.x(), 100),
        round(box.y(), 100),
        round(box.width(), 100),
        round(box.height(), 100));
  }

  private static double round(double value, double scale) {
    return Math.round(value * scale) / scale;
  }

  private String label(int id) {
    List<String> labels = manifest.labels();
    if (id < 1 || id >= labels.size()) {
      throw new InferenceException(
          "%s gave label %d, its manifest names 1 to %d"
              .formatted(manifest.version(), id, labels.size() - 1));
    }
    return labels.get(id);
  }

  private static boolean isFinite(float[] boxes, int i) {
    float sum = boxes[4 * i] + boxes[4 * i + 1] + boxes[4 * i + 2] + boxes[4 * i + 3];
    return Float.isFinite(sum);
  }
}
