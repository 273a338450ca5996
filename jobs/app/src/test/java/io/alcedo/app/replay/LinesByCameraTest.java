package io.alcedo.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesByCameraTest {
  @TempDir Path folder;

  @Test
  void ordersByCameraAndKeepsTheOrderOfEach() throws IOException {
    assertThat(written(1000)).containsExactly("front 1", "front 2", "gate 1", "gate 2", "gate 3");
  }

  @Test
  void putsAsideWhatIsMoreThanFits() throws IOException {
    assertThat(written(10)).isEqualTo(written(1000));
  }

  @Test
  void leavesNothingBesideTheFile() throws IOException {
    List<String> unused = written(10);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("alerts.jsonl"));
    }
  }

  private List<String> written(int mostInMemory) throws IOException {
    try (LinesByCamera lines = new LinesByCamera(folder, "alerts.jsonl", mostInMemory)) {
      for (String line : List.of("gate 1", "front 1", "gate 2", "front 2", "gate 3")) {
        lines.add(line.split(" ", -1)[0], line.getBytes(UTF_8));
      }
      lines.finish();
    }
    return Files.readAllLines(folder.resolve("alerts.jsonl"));
  }
}
