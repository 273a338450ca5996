package io.alcedo.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.JpegSettings;
import io.alcedo.connectors.camera.Pace;
import io.alcedo.connectors.config.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRunPlanTest {
  private static final Path BASE = Path.of("/etc/alcedo");
  private static final Path BUNDLED = Path.of("bundled");

  @Test
  void readsEveryKey() {
    LocalRunPlan plan =
        plan(
            """
            kafka: {bootstrap: "broker:9092"}
            model: models/own
            duration: 2min
            cameras:
              - id: gate
                address: recordings/gate.mp4
                pace: real-time
                startTime: 2026-11-23T15:00:00Z
                jpeg: {quality: 80, maxWidth: 1280}
            videos: [street.avi]
            inference: {batch: 8}
            classifier: {model: models/colours, on: frame}
            tracker: {appearance: models/looks}
            registry: {store: "file:///registry"}
            learner: {network: {depth: 10, norm: group}, weights: models/first.safetensors}
            rules:
              - {id: r, when: {type: dwells, zone: z, for: 1s}}
            database: {url: "jdbc:postgresql://db/cameras"}
            """);
    assertThat(plan.kafka().bootstrap()).isEqualTo("broker:9092");
    assertThat(plan.models().detector()).isEqualTo(BASE.resolve("models/own"));
    assertThat(plan.source().duration()).isEqualTo(Duration.ofMinutes(2));
    LocalCamera gate = plan.source().cameras().get(0);
    assertThat(gate.origin().name()).isEqualTo("/etc/alcedo/recordings/gate.mp4");
    assertThat(gate.settings())
        .isEqualTo(
            new CameraSettings(
                "gate",
                Pace.REAL_TIME,
                Instant.parse("2026-11-23T15:00:00Z"),
                new JpegSettings(80, 1280),
                null));
    assertThat(plan.source().cameras().get(1).settings().camera()).isEqualTo("street");
    assertThat(plan.source().cameras().get(2).settings().camera()).isEqualTo("more");
    assertThat(plan.stages().inference().batch()).isEqualTo(8);
    assertThat(plan.models().classifier().model()).isEqualTo("/etc/alcedo/models/colours");
    assertThat(plan.models().classifier().on()).isEqualTo("frame");
    assertThat(plan.stages().tracker().appearance().model()).isEqualTo("/etc/alcedo/models/looks");
    assertThat(plan.models().learner().config().weights())
        .isEqualTo("/etc/alcedo/models/first.safetensors");
    assertThat(plan.models().learner().text()).contains("/etc/alcedo/models/first.safetensors");
    assertThat(plan.embeds()).isTrue();
    assertThat(plan.stages().rules()).hasSize(1);
    assertThat(plan.results().database().url()).isEqualTo("jdbc:postgresql://db/cameras");
    assertThat(plan.lasting(Duration.ofSeconds(1)).results().database())
        .isEqualTo(plan.results().database());
  }

  @Test
  void takesTheLatestFrameOfCamerasInRealTimeUnlessTold() {
    assertThat(mode("cameras: [{id: a, address: \"sim://street\"}]")).isEqualTo("latest");
    assertThat(mode("cameras: [{id: a, address: a.mp4, pace: real-time}]")).isEqualTo("latest");
    assertThat(mode("cameras: [{id: a, address: a.mp4}]")).isEqualTo("every-frame");
    assertThat(
            mode("cameras: [{id: a, address: \"sim://street\"}]\ninference: {mode: every-frame}"))
        .isEqualTo("every-frame");
  }

  @Test
  void runsTheBundledModelWhereNoneIsNamed() {
    LocalRunPlan plan = plan("videos: [street.avi]");
    assertThat(plan.models().detector()).isEqualTo(BUNDLED);
    assertThat(plan.models().with(Path.of("other"), null, null).detector())
        .isEqualTo(Path.of("other"));
  }

  @Test
  void aClassifierOfTheCommandLineKeepsTheFilesOtherKeys() {
    Path other = Path.of("other");
    LocalRunPlan plan = plan("videos: [a.avi]\nclassifier: {model: models/colours, topK: 3}");

    assertThat(plan.models().with(null, other, null).classifier().model()).isEqualTo("other");
    assertThat(plan.models().with(null, other, null).classifier().topK()).isEqualTo(3);
    assertThat(plan("videos: [a.avi]").models().classifier()).isNull();
    assertThat(plan("videos: [a.avi]").models().with(null, other, null).classifier().on())
        .isEqualTo("crop");
  }

  @Test
  void namesTheKeyOfALearnerThatIsWrong() {
    String learner = "learner: {network: {depth: 10, norm: group}, pace: {updates: 0}}";
    assertThatThrownBy(() -> plan("videos: [a.avi]\n" + learner))
        .hasMessageStartingWith("test: learner: pace.updates is 0 for 16 arrivals");
    assertThatThrownBy(() -> plan("videos: [a.avi]\n" + learner.replace("updates", "update")))
        .hasMessageStartingWith("test: learner: unknown key 'pace.update'; expected one of");
    assertThatThrownBy(
            () -> plan("videos: [a.avi]\n" + learner.replace("updates: 0", "updates: 1")))
        .hasMessage(
            "test: registry is missing, expected a block with store, where the learner puts its encoders");
  }

  private static String mode(String yaml) {
    return plan(yaml).inferenceOfSources().mode();
  }

  private static LocalRunPlan plan(String yaml) {
    PipelineConfig config = YamlReader.parse(yaml, "test", PipelineConfig.class);
    return LocalRunPlan.of(config, BASE, List.of(Path.of("more.mp4")), BUNDLED, Path.of("out"));
  }
}
