package io.alcedo.app.local;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.jobs.CropConfig;
import io.alcedo.jobs.InferenceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a local run is to do.
 *
 * @param kafka an external cluster; null starts a broker in this JVM
 * @param source what is looked at
 * @param models what looks
 * @param stages how it looks, and what becomes of what it sees
 * @param results where that goes
 */
public record LocalRunPlan(
    KafkaSettings kafka, RunSource source, RunModels models, RunStages stages, RunResults results) {

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
        new RunSource(cameras, config.scenes(), config.duration()),
        RunModels.of(config, base, bundledModel),
        new RunStages(
            config.inference(),
            config.registry(),
            config.tracker() == null ? null : config.tracker().relativeTo(base),
            config.crops(),
            config.rules(),
            config.analytics()),
        new RunResults(
            output,
            config.delivery(),
            config.database(),
            config.index() == null ? null : config.index().in(output),
            config.http()));
  }

  /** The same with another duration, unless it is null. */
  public LocalRunPlan lasting(Duration other) {
    return other == null
        ? this
        : new LocalRunPlan(kafka, source.lasting(other), models, stages, results);
  }

  /** The same with other models. */
  public LocalRunPlan with(RunModels others) {
    return new LocalRunPlan(kafka, source, others, stages, results);
  }

  /**
   * The same, and of tracked people vectors are made, unless another encoder is there or learns.
   */
  public LocalRunPlan withVectorsOfPeople(Path encoder) {
    if (embeds()) {
      return this;
    }
    CropConfig ofPeople = new CropConfig(List.of("person"), null, null);
    return new LocalRunPlan(
        kafka,
        source,
        models.with(null, null, encoder),
        stages.crops() == null ? stages.with(ofPeople) : stages,
        results);
  }

  /** The same, and vectors can be searched if there are any. */
  public LocalRunPlan searchable() {
    return embeds() ? new LocalRunPlan(kafka, source, models, stages, results.indexed()) : this;
  }

  /** Whether pictures of tracked objects are cut out. */
  boolean cutsCrops() {
    return stages.crops() != null || embeds();
  }

  /** Whether these become vectors. */
  boolean embeds() {
    return models.encoder() != null || models.learner() != null;
  }

  /** Where no mode was chosen: every frame of files, the latest of cameras in real time. */
  InferenceConfig inferenceOfSources() {
    return stages.inference().withDefaultMode(source.isInRealTime() ? "latest" : "every-frame");
  }
}
