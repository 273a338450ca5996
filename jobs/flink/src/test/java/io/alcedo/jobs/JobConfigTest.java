package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.jdbc.DatabaseSettings;
import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.appearance.AppearanceStage;
import io.alcedo.operators.stream.classify.ClassifierOptions;
import io.alcedo.operators.stream.classify.ClassifierOptions.Choice;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.classify.ClassifierOptions.Subject;
import io.alcedo.operators.stream.crops.CropSelection;
import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import io.alcedo.operators.stream.track.AppearanceOptions;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobConfigTest {
  @Test
  void readsEveryKey() {
    JobConfig config =
        parse(
            """
            name: north
            kafka: {bootstrap: "broker:9092", topicPrefix: north-}
            model: models/person-detector
            inference:
              device: cuda:1
              threads: 3
              batch: 8
              linger: 5ms
              decodeThreads: 2
              capacity: 40
              mode: latest
              staleAfter: 2s
              timeout: 10s
            classifier:
              model: models/colours
              on: frame
              topK: 3
              minScore: 0.2
              labels: [person, dog]
              minObjectScore: 0.6
              maxCrops: 5
              batch: 16
              linger: 7ms
              capacity: 50
              timeout: 20s
            crops: {labels: [person], interval: 2s, minSide: 24}
            encoder: {model: models/appearance, batch: 32, linger: 9ms, capacity: 70, timeout: 30s}
            tracker:
              highScore: 0.55
              appearance:
                model: models/looks
                minLikeness: 0.7
                minOverlap: 0.3
                memory: 0.8
                maxCrops: 9
                batch: 24
                linger: 11ms
                capacity: 13
                timeout: 40s
            registry: {store: "s3://bucket/registry", cache: /var/cache/alcedo}
            run:
              parallelism: 6
              checkpointInterval: 1s
              checkpointDirectory: file:///checkpoints
              restartDelay: 3s
            database: {url: "jdbc:postgresql://db/cameras", user: ann, table: people}
            """);

    assertThat(config.name()).isEqualTo("north");
    assertThat(config.kafka().topicPrefix()).isEqualTo("north-");
    RegistrySettings registry =
        new RegistrySettings(
            config.kafka(), URI.create("s3://bucket/registry"), "/var/cache/alcedo");
    assertThat(config.inferenceOptions())
        .isEqualTo(
            new InferenceOptions(
                "models/person-detector",
                new EngineOptions(new Device(Device.Kind.CUDA, 1), 3, true),
                new BatchOptions(
                    8,
                    Duration.ofMillis(5),
                    2,
                    1024,
                    256L << 20,
                    Freshness.LATEST,
                    Duration.ofSeconds(2)),
                40,
                Duration.ofSeconds(10),
                registry));
    assertThat(config.classifierOptions())
        .contains(
            new ClassifierOptions(
                new InferenceOptions(
                    "models/colours",
                    new EngineOptions(new Device(Device.Kind.CUDA, 1), 3, true),
                    new BatchOptions(
                        16,
                        Duration.ofMillis(7),
                        2,
                        100_000,
                        256L << 20,
                        Freshness.EVERY_FRAME,
                        null),
                    50,
                    Duration.ofSeconds(20),
                    registry),
                Subject.FRAME,
                new Choice(3, 0.2),
                new CropRule(List.of("person", "dog"), 0.6, 5)));
    assertThat(config.cropSelection())
        .contains(new CropSelection(List.of("person"), Duration.ofSeconds(2), 24));
    assertThat(config.encoderOptions())
        .isEqualTo(
            new InferenceOptions(
                "models/appearance",
                new EngineOptions(new Device(Device.Kind.CUDA, 1), 3, true),
                new BatchOptions(
                    32, Duration.ofMillis(9), 2, 1024, 256L << 20, Freshness.EVERY_FRAME, null),
                70,
                Duration.ofSeconds(30),
                registry));
    assertThat(config.tracker().appearance())
        .isEqualTo(
            new AppearanceOptions(
                "models/looks",
                0.7,
                0.3,
                0.8,
                9,
                24,
                Duration.ofMillis(11),
                13,
                Duration.ofSeconds(40)));
    assertThat(config.appearanceSettings())
        .contains(
            new AppearanceStage.Settings(
                new InferenceOptions(
                    "models/looks",
                    new EngineOptions(new Device(Device.Kind.CUDA, 1), 3, true),
                    new BatchOptions(
                        24,
                        Duration.ofMillis(11),
                        2,
                        100_000,
                        256L << 20,
                        Freshness.EVERY_FRAME,
                        null),
                    13,
                    Duration.ofSeconds(40),
                    registry),
                new CropRule(List.of(), 0.55, 9)));
    assertThat(config.run())
        .isEqualTo(
            new RunConfig(6, Duration.ofSeconds(1), "file:///checkpoints", Duration.ofSeconds(3)));
    assertThat(config.databaseSettings())
        .isEqualTo(
            new DatabaseSettings(
                "jdbc:postgresql://db/cameras", "ann", null, "people", null, null));
  }

  @Test
  void needsNoMoreThanABroker() {
    JobConfig config = parse("kafka: {bootstrap: \"broker:9092\"}");

    assertThat(config.inference().options("m").capacity()).isEqualTo(12);
    assertThat(config.inference().withDefaultMode("latest").options("m").capacity()).isEqualTo(64);
    assertThat(config.run().checkpointInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThatThrownBy(config::inferenceOptions).hasMessageContaining("model is missing");
    assertThat(config.classifierOptions()).isEmpty();
    assertThat(config.tracker().appearance()).isNull();
    assertThat(config.appearanceSettings()).isEmpty();
    assertThat(config.cropSelection()).isEmpty();
    assertThatThrownBy(config::encoderOptions).hasMessageContaining("encoder is missing");
    assertThatThrownBy(config::databaseSettings).hasMessageContaining("database is missing");
  }

  @Test
  void anEncoderAloneMeansCropsOfEverything() {
    JobConfig config = parse("kafka: {bootstrap: \"broker:9092\"}\nencoder: {model: e}");

    assertThat(config.cropSelection()).contains(CropSelection.DEFAULT);
    assertThat(config.encoderOptions().registry()).isNull();
  }

  @Test
  void aClassifierNeedsNoMoreThanAModel() {
    ClassifierOptions options =
        parse("kafka: {bootstrap: \"broker:9092\"}\nclassifier: {model: c}")
            .classifierOptions()
            .orElseThrow();

    assertThat(options.on()).isEqualTo(Subject.CROP);
    assertThat(options.choice()).isEqualTo(new Choice(1, 0.1));
    assertThat(options.crops()).isEqualTo(new CropRule(List.of(), 0.5, 20));
    assertThat(options.inference().capacity()).isEqualTo(24);
  }

  @Test
  void appearanceNeedsNoMoreThanAModel() {
    AppearanceOptions named = tracker("appearance: m").appearance();

    assertThat(named).isEqualTo(tracker("appearance: {model: m}").appearance());
    assertThat(named).isEqualTo(AppearanceOptions.of("m"));
    assertThatThrownBy(
            () ->
                parse("kafka: {bootstrap: \"broker:9092\"}\ntracker: {appearance: {memory: 0.5}}")
                    .appearanceSettings())
        .hasMessageContaining("tracker.appearance.model is missing");
  }

  private static TrackerOptions tracker(String block) {
    return parse("kafka: {bootstrap: \"broker:9092\"}\ntracker: {%s}".formatted(block)).tracker();
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertRefused("inference: {linger: 0ms}", "inference.linger is PT0S", "more than 0");
    assertRefused("inference: {mode: newest}", "mode is 'newest', expected every-frame or latest");
    assertRefused("inference: {batchSize: 3}", "inference.batchSize", "unknown key");
    assertRefused("inference: {device: gpu}", "expected auto, cpu, cuda:N or tensorrt:N");
    assertRefused("classifier: {on: crop}", "classifier.model is missing");
    assertRefused("classifier: {model: c, on: box}", "classifier.on is 'box', expected frame or");
    assertRefused("classifier: {model: c, topK: 0}", "classifier.topK is 0, expected 1 to 100");
    assertRefused("classifier: {model: c, maxCrops: 0}", "maxCrops is 0, expected 1 to 1000");
    assertRefused("crops: {interval: 0s}", "crops.interval is PT0S, expected above 0");
    assertRefused("crops: {minSide: 0}", "minSide is 0, expected 1 px or more");
    assertRefused("encoder: {batch: 4}", "encoder.model is missing");
    assertRefused("tracker: {appearance: {minLikeness: 2}}", "appearance.minLikeness is 2.0");
    assertRefused("tracker: {appearance: {likeness: 1}}", "tracker.appearance.likeness", "unknown");
    assertRefused(
        "tracker: {appearance: {maxCrops: 0}}", "appearance.maxCrops is 0, expected 1 to");
    assertRefused("registry: {store: here}", "registry.store is 'here', expected a URI such as");
    assertRefused("database: {user: ann}", "database.url is 'null', expected jdbc:postgresql://");
    assertRefused("run: {checkpointInterval: 1h}", "checkpointInterval is PT1H");
    assertRefused("run: {parallelism: many}", "run.parallelism", "a whole number");
    assertThatThrownBy(() -> JobConfig.fromArguments(new String[] {"pipeline.yaml"}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("expected --config FILE, got 'pipeline.yaml'");
  }

  private static void assertRefused(String block, String... parts) {
    assertThatThrownBy(() -> parse("kafka: {bootstrap: \"broker:9092\"}\n" + block))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  private static JobConfig parse(String text) {
    return YamlReader.parse(text, "job.yaml", JobConfig.class);
  }
}
