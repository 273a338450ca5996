package io.alcedo.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.jdbc.PostgresFixture;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local run that writes its analytics to a database as well. */
@Timeout(180)
class LocalRunDatabaseIT {
  private static final RunListener NOBODY =
      new RunListener() {
        @Override
        public void progress(List<CameraStatus> cameras, Accounting accounting) {}

        @Override
        public void alert(Alert alert) {}
      };

  @TempDir Path directory;

  @Tag("full")
  @Test
  void theTableHoldsTheRowsOfTheFileWhenTheRunIsOver() throws Exception {
    try (PostgresFixture postgres = PostgresFixture.start()) {
      run(postgres.yaml("people"));

      List<String> file = new ArrayList<>();
      for (String line : Files.readAllLines(directory.resolve("out/analytics.jsonl"))) {
        AnalyticsRow row = AnalyticsRowCodec.read(line.getBytes(StandardCharsets.UTF_8));
        String zone = row.zone() == null ? "" : row.zone();
        file.add("%s %s %d %d".formatted(row.camera(), zone, row.frames(), row.tracks()));
      }
      assertThat(file).hasSize(8).anyMatch(row -> row.startsWith("plaza all 10 "));
      assertThat(postgres.query("SELECT camera, zone, frames, tracks FROM people"))
          .containsExactlyInAnyOrderElementsOf(file);
    }
  }

  @Test
  void refusesADatabaseThatIsAwayBeforeAnythingStarts() {
    assertThatThrownBy(() -> run("{url: \"jdbc:postgresql://127.0.0.1:1/cameras\", user: ann}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "The database jdbc:postgresql://127.0.0.1:1/cameras cannot be reached");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private void run(String database) throws Exception {
    PipelineConfig config =
        YamlReader.parse(
            """
            cameras:
              - {id: plaza, address: "sim://plaza?size=128x96&fps=10&duration=2s"}
              - {id: street, address: "sim://street?size=128x96&fps=10&duration=2s"}
            tracker: {minScore: 0.05, highScore: 0.05, openScore: 0.05, confirmScore: 0.05}
            analytics: {windows: [{size: 1s}]}
            scenes:
              - zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
            database: %s
            """
                .formatted(database),
            "test",
            PipelineConfig.class);
    Path model = TinyDetector.write(directory.resolve("tiny"));
    LocalRunPlan plan =
        LocalRunPlan.of(config, directory, List.of(), model, directory.resolve("out"));
    var unused = new LocalRun(plan).run(NOBODY);
  }
}
