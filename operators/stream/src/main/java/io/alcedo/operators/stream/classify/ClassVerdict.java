package io.alcedo.operators.stream.classify;

import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.stream.classify.ClassifierOptions.Choice;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.DetectedFrame.Classified;
import io.alcedo.operators.stream.detect.FailedPictures;
import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.util.ArrayList;
import java.util.List;

/**
 * Completes a line with what a classifier said. A classifier that fails costs a line its attributes
 * and nothing else: the detections stand, and a dead letter says what is missing.
 *
 * @param manifest the classifier's
 */
record ClassVerdict(ModelManifest manifest, Choice choice) {
  static final String STAGE = "classify";

  /** A frame of which there was nothing to classify. */
  DetectedFrame nothing(DetectedFrame frame) {
    DetectionLine line = frame.line();
    return frame.classified(
        line.classified(manifest.version(), line.objects(), List.of()),
        null,
        new Classified(0, 0, 0));
  }

  /** A classified frame. */
  DetectedFrame ofFrame(DetectedFrame frame, Outcome<ClassScores> outcome) {
    List<Outcome<ClassScores>> outcomes = List.of(outcome);
    return complete(frame, frame.line().objects(), attributes(outcome), outcomes);
  }

  /**
   * A frame whose objects were classified.
   *
   * @param objects indices of those that were
   * @param outcomes one for each of them
   */
  DetectedFrame ofObjects(
      DetectedFrame frame, List<Integer> objects, List<Outcome<ClassScores>> outcomes) {
    List<DetectedObject> all = new ArrayList<>(frame.line().objects());
    for (int i = 0; i < objects.size(); i++) {
      int index = objects.get(i);
      all.set(index, all.get(index).withAttributes(attributes(outcomes.get(i))));
    }
    return complete(frame, all, List.of(), outcomes);
  }

  /** A frame that was not classified at all. */
  static DetectedFrame failed(DetectedFrame frame, int pictures, String reason) {
    return frame.classified(
        frame.line(),
        DeadLetter.of(frame.frame(), STAGE, reason),
        new Classified(pictures, pictures, 0));
  }

  private DetectedFrame complete(
      DetectedFrame frame,
      List<DetectedObject> objects,
      List<Attribute> ofFrame,
      List<Outcome<ClassScores>> outcomes) {
    FailedPictures failed = FailedPictures.of(outcomes);
    DetectionLine line = frame.line();
    return frame.classified(
        failed.isAll() ? line : line.classified(manifest.version(), objects, ofFrame),
        failed.letter(frame.frame(), STAGE),
        new Classified(outcomes.size(), failed.count(), largestBatch(outcomes)));
  }

  /** Rounded as on the wire, like all that rules may see. */
  private List<Attribute> attributes(Outcome<ClassScores> outcome) {
    if (!(outcome instanceof Inferred<ClassScores> inferred)) {
      return List.of();
    }
    ClassScores scores = inferred.result();
    return scores.best(choice.topK(), choice.minScore()).stream()
        .map(
            index ->
                new Attribute(
                    manifest.name(),
                    manifest.labels().get(index),
                    Math.round(Math.min(1, scores.probabilities()[index]) * 1e4) / 1e4))
        .toList();
  }

  private static int largestBatch(List<Outcome<ClassScores>> outcomes) {
    return outcomes.stream()
        .mapToInt(
            outcome -> outcome instanceof Inferred<ClassScores> inferred ? inferred.batchSize() : 0)
        .max()
        .orElse(0);
  }
}
