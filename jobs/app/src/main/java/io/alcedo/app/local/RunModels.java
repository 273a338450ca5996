package io.alcedo.app.local;

import io.alcedo.jobs.ClassifierConfig;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.jobs.LearnerBlock;
import java.nio.file.Path;

/**
 * The models of a local run.
 *
 * @param detector a model directory
 * @param classifier completes what the detector found; null = none
 * @param encoder makes vectors of crops; null = the learner's first weights, else none
 * @param learner keeps an encoder learning from crops; null = none
 */
public record RunModels(
    Path detector, ClassifierConfig classifier, EncoderConfig encoder, LearnerBlock learner) {
  /** A detector alone. */
  public static RunModels of(Path detector) {
    return new RunModels(detector, null, null, null);
  }

  /**
   * Those of a YAML file.
   *
   * @param base folder to which the file's paths are relative
   * @param bundled detector where the file names none
   */
  public static RunModels of(PipelineConfig file, Path base, Path bundled) {
    ClassifierConfig classifier = file.classifier();
    EncoderConfig encoder = file.encoder();
    return new RunModels(
        file.model() == null ? bundled : base.resolve(file.model()),
        classifier == null
            ? null
            : classifier.withModel(base.resolve(classifier.model()).toString()),
        encoder == null ? null : encoder.withModel(base.resolve(encoder.model()).toString()),
        file.learner() == null ? null : file.learner().relativeTo(base));
  }

  /** The same with others, where they are not null. */
  public RunModels with(Path otherDetector, Path otherClassifier, Path otherEncoder) {
    return new RunModels(
        otherDetector == null ? detector : otherDetector,
        otherClassifier == null ? classifier : classifierOf(otherClassifier.toString()),
        otherEncoder == null ? encoder : encoderOf(otherEncoder.toString()),
        learner);
  }

  private ClassifierConfig classifierOf(String model) {
    return classifier == null ? ClassifierConfig.of(model) : classifier.withModel(model);
  }

  private EncoderConfig encoderOf(String model) {
    return encoder == null ? EncoderConfig.of(model) : encoder.withModel(model);
  }
}
