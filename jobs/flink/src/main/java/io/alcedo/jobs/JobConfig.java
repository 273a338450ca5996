package io.alcedo.jobs;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.jdbc.DatabaseSettings;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.appearance.AppearanceStage;
import io.alcedo.operators.stream.classify.ClassifierOptions;
import io.alcedo.operators.stream.crops.CropSelection;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.rules.RuleHistory;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a job is told, from one YAML file; the same file serves all jobs.
 *
 * @param name of this installation: consumer groups and transactional ids begin with it, so two
 *     installations on one Kafka cluster need two names; default alcedo
 * @param kafka the cluster
 * @param model a model directory or the path of its weights, on every TaskManager
 * @param inference how the model runs
 * @param classifier a second model that completes what the first one found; default none
 * @param tracker how objects become tracks
 * @param crops which pictures of objects are cut out; default: all, if there is an encoder, else
 *     none
 * @param encoder a model that makes vectors of crops; default none
 * @param registry whose deployments the stages follow; default none: the models stay
 * @param run how Flink runs the job
 * @param scenes all revisions of what the cameras look at: zones, lines, ground
 * @param rules all revisions of all rules
 * @param analytics what is summed up
 * @param delivery who is told of alerts
 * @param database where rows of analytics are written as well; default none
 */
public record JobConfig(
    String name,
    KafkaSettings kafka,
    String model,
    InferenceConfig inference,
    ClassifierConfig classifier,
    TrackerOptions tracker,
    CropConfig crops,
    EncoderConfig encoder,
    RegistryConfig registry,
    RunConfig run,
    List<Scene> scenes,
    List<RuleSpec> rules,
    AnalyticsOptions analytics,
    DeliveryConfig delivery,
    DatabaseSettings database) {
  public JobConfig {
    name = name == null ? "alcedo" : name;
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new IllegalArgumentException(
          "name is '%s', expected 1 to 64 letters, digits, '.', '_' or '-'".formatted(name));
    }
    if (kafka == null) {
      throw new IllegalArgumentException("kafka is missing, expected a block with bootstrap");
    }
    inference = inference == null ? InferenceConfig.DEFAULT : inference;
    tracker = tracker == null ? TrackerOptions.DEFAULT : tracker;
    crops = crops == null && encoder != null ? CropConfig.DEFAULT : crops;
    run = run == null ? RunConfig.DEFAULT : run;
    analytics = analytics == null ? AnalyticsOptions.DEFAULT : analytics;
    delivery = delivery == null ? DeliveryConfig.DEFAULT : delivery;
    scenes = scenes == null ? List.of() : List.copyOf(scenes);
    rules = rules == null ? List.of() : List.copyOf(rules);
    // Refuse what is there twice.
    var unusedRules = new RuleHistory(rules);
    var unusedScenes = new SceneHistory(scenes);
  }

  /**
   * Reads the file that a job's arguments name: {@code --config FILE}.
   *
   * @throws InvalidInputException if there is none or it is wrong
   */
  public static JobConfig fromArguments(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--config")) {
      throw new InvalidInputException(
          "expected --config FILE, got '%s'".formatted(String.join(" ", arguments)));
    }
    return YamlReader.read(Path.of(arguments[1]), JobConfig.class);
  }

  /**
   * Settings of the inference stage.
   *
   * @throws InvalidInputException if no model is named
   */
  public InferenceOptions inferenceOptions() {
    return inference.options(model).following(registrySettings());
  }

  private RegistrySettings registrySettings() {
    return registry == null ? null : registry.settings(kafka);
  }

  /** Settings of the classification stage, if there is one. */
  public Optional<ClassifierOptions> classifierOptions() {
    return Optional.ofNullable(classifier)
        .map(config -> config.options(inference, registrySettings()));
  }

  /**
   * Settings of the stage that says what objects look like, if the tracker wants to know.
   *
   * @throws InvalidInputException if it names no model
   */
  public Optional<AppearanceStage.Settings> appearanceSettings() {
    return appearanceSettings(inference).map(stage -> stage.following(registrySettings()));
  }

  /** The same of a model that stays, beside a detector's. */
  Optional<AppearanceStage.Settings> appearanceSettings(InferenceConfig beside) {
    return Optional.ofNullable(tracker.appearance())
        .map(
            appearance ->
                appearance.stage(tracker.highScore(), beside.engine(), beside.decodeThreads()));
  }

  /** Which pictures are cut out, if any. */
  public Optional<CropSelection> cropSelection() {
    return Optional.ofNullable(crops).map(CropConfig::selection);
  }

  /**
   * Settings of the embedding stage.
   *
   * @throws InvalidInputException if there is no encoder
   */
  public InferenceOptions encoderOptions() {
    if (encoder == null) {
      throw new InvalidInputException(
          "encoder is missing: give a block with model, an encoder's directory");
    }
    return encoder.options(inference).following(registrySettings());
  }

  /** What the cameras look at, as revisions of cameras. */
  List<CameraSpec> cameras() {
    return scenes.stream().map(CameraSpec::of).toList();
  }

  /**
   * Settings of the database.
   *
   * @throws InvalidInputException if there is none
   */
  public DatabaseSettings databaseSettings() {
    if (database == null) {
      throw new InvalidInputException(
          "database is missing: give a block with url, as in jdbc:postgresql://HOST:PORT/DATABASE");
    }
    return database;
  }

  /** Sources and sinks of one job of this installation. */
  FlinkKafka kafkaOf(String job) {
    return new FlinkKafka(kafka, name + "-" + job);
  }
}
