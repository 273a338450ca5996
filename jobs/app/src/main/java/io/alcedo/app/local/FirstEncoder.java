package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.Role;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.publish.CandidateExport;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** What makes vectors until a learner has something better. */
public final class FirstEncoder {
  private FirstEncoder() {}

  /** A learner's own first weights, as a model directory. */
  public static EncoderConfig write(ContinualConfig learner, Path directory) throws IOException {
    try (ContinualLearner beginning = new ContinualLearner(learner)) {
      var unused =
          CandidateExport.of(learner)
              .write(beginning.candidate(), Map.of("learner", "as it begins"), directory);
    }
    return EncoderConfig.of(directory.toString());
  }

  /**
   * Checks that a learner's encoders can take over from a model.
   *
   * @throws InvalidInputException if their vectors are of other sizes
   */
  static void requireFit(ModelDirectory model, ContinualConfig learner) {
    int has = model.manifest().outputs().embedding().dimensions();
    int learns = learner.network().dim();
    if (has != learns) {
      throw new InvalidInputException(
          "learner.network gives vectors of %d dimensions, encoder %s those of %d: no stage would change from one to the other. Give the learner the encoder's network and weights, or leave the encoder out."
              .formatted(learns, model.manifest().version(), has));
    }
  }

  /** Deploys it unless something is deployed, so that candidates are judged against what serves. */
  static void deploy(ModelDirectory model, ModelRegistry registry) throws IOException {
    if (registry.deployment(Role.ENCODER).isEmpty()) {
      registry.publish(model.manifest(), model.weights());
      var unused =
          registry.deploy(
              Role.ENCODER,
              new Turn(
                  model.manifest().version(),
                  Clock.systemUTC().instant(),
                  "local run",
                  "the run begins with it"));
    }
  }
}
