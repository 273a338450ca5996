package io.alcedo.app.bench.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.train.MocoLearner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContinualBenchTest {
  private static final String LEARNER =
      """
        network: {depth: 10, width: 0.125, norm: group, head: {dim: 16}, canvasWidth: 16, canvasHeight: 32}
        contrast: {queue: 16}
        memory: {capacity: 16}
        pace: {updates: 1, arrivals: 4, batchSize: 8}
        optimizer: {rate: 0.01}
      """;
  private static final String SCENE =
      "{sources: [{name: %s, scene: {address: 'sim://plaza?seed=%d&fps=1&size=320x240&density=0.6', frames: 8}}]}";
  private static final String CONFIG =
      """
      weights: start.safetensors
      judgeEvery: 5
      seeds: [1, 2]
      learner:
      %s
      stream:
        - {name: day, crops: %s}
        - {name: later, crops: %s}
      validation: {day: %s, later: %s}
      test: {day: %s, later: %s}
      """
          .formatted(
              LEARNER,
              SCENE.formatted("a", 1),
              SCENE.formatted("b", 2),
              SCENE.formatted("a", 3),
              SCENE.formatted("b", 4),
              SCENE.formatted("a", 5),
              SCENE.formatted("b", 6));

  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();

  private ContinualBench bench(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("bench.yaml"), text);
    return new ContinualBench(
        file, directory, directory.resolve("out"), new PrintWriter(said, true));
  }

  private void writeStart() throws IOException {
    ContinualConfig config = YamlReader.parse(LEARNER, "learner", ContinualConfig.class);
    try (MocoLearner learner =
        new MocoLearner(config.network(), config.contrast(), config.optimizer(), 9)) {
      Map<String, float[]> values = new HashMap<>();
      Map<String, long[]> shapes = new HashMap<>();
      learner
          .state()
          .forEach(
              (name, entry) -> {
                String plain = name.replaceFirst("query/(weight|buffer)/", "");
                if (!plain.equals(name)) {
                  values.put(plain, entry.floats());
                  shapes.put(plain, entry.shape());
                }
              });
      Safetensors.write(directory.resolve("start.safetensors"), Map.of(), values, shapes);
    }
  }

  @Test
  void runsEachArmOnceAndWritesTablesAndCurves() throws IOException {
    writeStart();
    bench(CONFIG).run();
    Path out = directory.resolve("out");
    String table = Files.readString(out.resolve("validation.txt"));
    for (Arm arm : Arm.values()) {
      assertThat(table).contains("\n" + arm.code());
    }
    assertThat(table).contains("colour histogram").contains(" ± ");
    assertThat(out.resolve("validation.png")).isNotEmptyFile();
    List<String> rows = Files.readAllLines(out.resolve("validation.csv"));
    assertThat(rows).anyMatch(row -> row.matches("min-red,2,\\d+,day,later,[\\d.]+,[\\d.]+"));
    // The arms see as many crops, so they make as many updates.
    assertThat(
            rows.stream()
                .filter(row -> row.matches("(no-buffer|fifo|min-red|shuffled),.*,later,day,.*"))
                .map(row -> row.split(",", -1)[2])
                .distinct())
        .hasSize(1);

    said.getBuffer().setLength(0);
    bench(CONFIG).run();
    assertThat(Files.readAllLines(out.resolve("validation.csv"))).isEqualTo(rows);
    assertThat(said.toString()).doesNotContain("updates, mAP");

    bench(CONFIG).test();
    assertThat(Files.readString(out.resolve("test.txt")))
        .contains("\nmin-red")
        .contains("\nfrozen");
    assertThat(out.resolve("crops/test-later")).isDirectoryContaining("glob:**");
  }

  @Test
  void refusesResultsOfAnotherComparison() throws IOException {
    bench(CONFIG);
    assertThatThrownBy(() -> bench(CONFIG.replace("judgeEvery: 5", "judgeEvery: 6")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("results of another configuration");
  }

  @Test
  void saysWhatIsWrongWithAConfiguration() {
    assertThatThrownBy(() -> bench(CONFIG.replace("validation: {day", "validation: {night")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no place 'day', which is a phase of the stream");
    assertThatThrownBy(() -> bench(CONFIG.replace("weights: ", "weihgts: ")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("weihgts");
  }
}
