package io.alcedo.app.local;

import io.alcedo.app.http.HttpConfig;
import io.alcedo.app.index.IndexConfig;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.jdbc.DatabaseSettings;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.jobs.ClassifierConfig;
import io.alcedo.jobs.CropConfig;
import io.alcedo.jobs.DeliveryConfig;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.jobs.InferenceConfig;
import io.alcedo.jobs.RegistryConfig;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a local run is to do.
 *
 * @param kafka an external cluster; null starts a broker in this JVM
 * @param models what looks
 * @param cameras at least one, with different ids
 * @param duration after which cameras are closed; null waits for their ends
 * @param inference how the models run
 * @param tracker how objects become tracks; null = as usual
 * @param crops which pictures of objects are cut out; null = all if there is an encoder, else none
 * @param registry whose deployments are followed, or null
 * @param scenes what the cameras look at
 * @param rules what raises alerts
 * @param analytics what is summed up; null = as usual
 * @param delivery who is told of alerts
 * @param database receives the rows of analytics as well, or null
 * @param index keeps and searches vectors and pictures of what was seen; null = none
 * @param http where searches in the index are answered; null = on this machine, at the usual port
 *     or another one
 * @param output receives detections.jsonl, tracks.jsonl, analytics.jsonl, alerts.jsonl, snapshots,
 *     annotated videos, with an encoder embeddings.jsonl and with a registry model-events.jsonl
 */
public record LocalRunPlan(
    KafkaSettings kafka,
    RunModels models,
    List<LocalCamera> cameras,
    Duration duration,
    InferenceConfig inference,
    TrackerOptions tracker,
    CropConfig crops,
    RegistryConfig registry,
    List<Scene> scenes,
    List<RuleSpec> rules,
    AnalyticsOptions analytics,
    DeliveryConfig delivery,
    DatabaseSettings database,
    IndexConfig index,
    HttpConfig http,
    Path output) {
  public LocalRunPlan {
    cameras = List.copyOf(cameras);
    scenes = List.copyOf(scenes);
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
        new RunModels(
            config.model() == null ? bundledModel : base.resolve(config.model()),
            relativeTo(base, config.classifier()),
            relativeTo(base, config.encoder()),
            config.learner() == null ? null : config.learner().relativeTo(base)),
        cameras,
        config.duration(),
        config.inference(),
        relativeTo(base, config.tracker()),
        config.crops(),
        config.registry(),
        config.scenes(),
        config.rules(),
        config.analytics(),
        config.delivery(),
        config.database(),
        config.index() == null ? null : config.index().in(output),
        config.http(),
        output);
  }

  private static EncoderConfig relativeTo(Path base, EncoderConfig encoder) {
    return encoder == null ? null : encoder.withModel(base.resolve(encoder.model()).toString());
  }

  private static TrackerOptions relativeTo(Path base, TrackerOptions tracker) {
    return tracker == null ? null : tracker.relativeTo(base);
  }

  private static ClassifierConfig relativeTo(Path base, ClassifierConfig classifier) {
    return classifier == null
        ? null
        : classifier.withModel(base.resolve(classifier.model()).toString());
  }

  /** The same with another duration, unless it is null. */
  public LocalRunPlan lasting(Duration other) {
    return other == null
        ? this
        : new LocalRunPlan(
            kafka, models, cameras, other, inference, tracker, crops, registry, scenes, rules,
            analytics, delivery, database, index, http, output);
  }

  /** The same with other models. */
  public LocalRunPlan with(RunModels others) {
    return new LocalRunPlan(
        kafka, others, cameras, duration, inference, tracker, crops, registry, scenes, rules,
        analytics, delivery, database, index, http, output);
  }

  /**
   * The same, and of tracked people vectors are made, unless another encoder is there or learns.
   */
  public LocalRunPlan withVectorsOfPeople(Path encoder) {
    if (embeds()) {
      return this;
    }
    CropConfig ofPeople = crops == null ? new CropConfig(List.of("person"), null, null) : crops;
    RunModels others = models.with(null, null, encoder);
    return new LocalRunPlan(
        kafka, others, cameras, duration, inference, tracker, ofPeople, registry, scenes, rules,
        analytics, delivery, database, index, http, output);
  }

  /** The same, and vectors can be searched if there are any. */
  public LocalRunPlan searchable() {
    return index != null || !embeds()
        ? this
        : new LocalRunPlan(
            kafka,
            models,
            cameras,
            duration,
            inference,
            tracker,
            crops,
            registry,
            scenes,
            rules,
            analytics,
            delivery,
            database,
            IndexConfig.DEFAULT.in(output),
            http,
            output);
  }

  /** Whether it goes on until somebody ends it, so that cameras may come and go. */
  boolean isOfLiveCameras() {
    return cameras.stream().anyMatch(camera -> camera.origin().isLive());
  }

  /** Whether pictures of tracked objects are cut out. */
  boolean cutsCrops() {
    return crops != null || embeds();
  }

  /** Whether these become vectors. */
  boolean embeds() {
    return models.encoder() != null || models.learner() != null;
  }

  /** Where no mode was chosen: every frame of files, the latest of cameras in real time. */
  InferenceConfig inferenceOfSources() {
    boolean realTime = cameras.stream().anyMatch(LocalCamera::isInRealTime);
    return inference.withDefaultMode(realTime ? "latest" : "every-frame");
  }
}
