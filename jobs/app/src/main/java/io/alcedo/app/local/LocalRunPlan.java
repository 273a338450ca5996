package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.jobs.ClassifierConfig;
import io.alcedo.jobs.InferenceConfig;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a local run is to do.
 *
 * @param kafka an external cluster; null starts a broker in this JVM
 * @param model a model directory
 * @param cameras at least one, with different ids
 * @param duration after which cameras are closed; null waits for their ends
 * @param inference how the model runs
 * @param classifier a second model that completes what the first one found, or null
 * @param rules what raises alerts
 * @param output receives detections.jsonl, alerts.jsonl and annotated videos
 */
public record LocalRunPlan(
    KafkaSettings kafka,
    Path model,
    List<LocalCamera> cameras,
    Duration duration,
    InferenceConfig inference,
    ClassifierConfig classifier,
    List<RuleSpec> rules,
    Path output) {
  public LocalRunPlan {
    cameras = List.copyOf(cameras);
    rules = List.copyOf(rules);
    if (cameras.isEmpty()) {
      throw new InvalidInputException(
          "No camera. Give --video FILE, or --config with cameras or videos.");
    }
    List<String> ids = cameras.stream().map(camera -> camera.settings().camera()).toList();
    for (String id : ids) {
      if (ids.indexOf(id) != ids.lastIndexOf(id)) {
        throw new InvalidInputException(
            "Two cameras are called '%s'. Give them different ids, or the files different names."
                .formatted(id));
      }
    }
  }

  /**
   * The plan of a YAML file.
   *
   * @param base folder to which the file's paths are relative
   * @param videos further files, relative to the working directory
   * @param bundledModel what runs where no model is named
   */
  public static LocalRunPlan of(
      PipelineConfig config, Path base, List<Path> videos, Path bundledModel, Path output) {
    List<LocalCamera> cameras = new ArrayList<>();
    config.cameras().forEach(camera -> cameras.add(camera.resolve(base)));
    config
        .videos()
        .forEach(
            video -> cameras.add(CameraConfig.ofFile(base.resolve(video)).resolve(Path.of(""))));
    videos.forEach(video -> cameras.add(CameraConfig.ofFile(video).resolve(Path.of(""))));
    return new LocalRunPlan(
        config.kafka(),
        config.model() == null ? bundledModel : base.resolve(config.model()),
        cameras,
        config.duration(),
        config.inference(),
        relativeTo(base, config.classifier()),
        config.rules(),
        output);
  }

  private static ClassifierConfig relativeTo(Path base, ClassifierConfig classifier) {
    return classifier == null
        ? null
        : classifier.withModel(base.resolve(classifier.model()).toString());
  }

  /** The same with another model, classifier or duration, where they are not null. */
  public LocalRunPlan with(Path otherModel, Path otherClassifier, Duration otherDuration) {
    return new LocalRunPlan(
        kafka,
        otherModel == null ? model : otherModel,
        cameras,
        otherDuration == null ? duration : otherDuration,
        inference,
        otherClassifier == null ? classifier : classifierOf(otherClassifier.toString()),
        rules,
        output);
  }

  private ClassifierConfig classifierOf(String model) {
    return classifier == null ? ClassifierConfig.of(model) : classifier.withModel(model);
  }

  /** Where no mode was chosen: every frame of files, the latest of cameras in real time. */
  InferenceConfig inferenceOfSources() {
    boolean realTime = cameras.stream().anyMatch(LocalCamera::isInRealTime);
    return inference.withDefaultMode(realTime ? "latest" : "every-frame");
  }
}
