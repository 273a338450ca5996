package io.alcedo.app.local;

import io.alcedo.app.http.HttpConfig;
import io.alcedo.app.index.IndexConfig;
import io.alcedo.connectors.jdbc.DatabaseSettings;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.jobs.ClassifierConfig;
import io.alcedo.jobs.CropConfig;
import io.alcedo.jobs.DeliveryConfig;
import io.alcedo.jobs.EncoderConfig;
import io.alcedo.jobs.InferenceConfig;
import io.alcedo.jobs.LearnerBlock;
import io.alcedo.jobs.RegistryConfig;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.time.Duration;
import java.util.List;

/**
 * A local run from a YAML file; every key may be left out. Paths are relative to the file's folder.
 *
 * @param kafka an external cluster; default: a broker in this JVM
 * @param model a model directory; default: the bundled person detector
 * @param cameras what is looked at
 * @param videos files, each a camera named after it
 * @param duration how long live cameras are looked at; default: until Ctrl-C
 * @param inference how the model runs
 * @param classifier a second model that completes what the first one found; default none
 * @param tracker how objects become tracks
 * @param crops which pictures of objects are cut out; default: all, if there is an encoder, else
 *     none
 * @param encoder a model that makes vectors of crops; default none
 * @param registry whose deployments the stages follow; default none: the models stay
 * @param learner keeps an encoder learning from the crops, and hands better ones over to the
 *     registry; default none
 * @param scenes what the cameras look at: zones, lines, ground
 * @param rules what raises alerts
 * @param analytics what is summed up
 * @param delivery who is told of alerts; pictures lie in the output's snapshots by default
 * @param database where rows of analytics are written as well; default none
 * @param index vectors and pictures of what was seen, kept and searched; default: as usual, if
 *     there are vectors
 * @param http where searches are answered; default: on this machine only
 */
public record PipelineConfig(
    KafkaSettings kafka,
    String model,
    List<CameraConfig> cameras,
    List<String> videos,
    Duration duration,
    InferenceConfig inference,
    ClassifierConfig classifier,
    TrackerOptions tracker,
    CropConfig crops,
    EncoderConfig encoder,
    RegistryConfig registry,
    LearnerBlock learner,
    List<Scene> scenes,
    List<RuleSpec> rules,
    AnalyticsOptions analytics,
    DeliveryConfig delivery,
    DatabaseSettings database,
    IndexConfig index,
    HttpConfig http) {
  /** Nothing but defaults. */
  public static final PipelineConfig DEFAULT =
      new PipelineConfig(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null);

  public PipelineConfig {
    cameras = cameras == null ? List.of() : List.copyOf(cameras);
    videos = videos == null ? List.of() : List.copyOf(videos);
    delivery = delivery == null ? DeliveryConfig.DEFAULT : delivery;
    inference = inference == null ? InferenceConfig.DEFAULT : inference;
    scenes = scenes == null ? List.of() : List.copyOf(scenes);
    rules = rules == null ? List.of() : List.copyOf(rules);
    if (learner != null && registry == null) {
      throw new IllegalArgumentException(
          "registry is missing, expected a block with store, where the learner puts its encoders");
    }
    if (duration != null && duration.isZero()) {
      throw new IllegalArgumentException("duration is 0, expected a duration such as 60s");
    }
  }
}
