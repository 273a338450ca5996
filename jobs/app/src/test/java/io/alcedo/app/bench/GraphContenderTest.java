package io.alcedo.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.app.bench.Duel.Turn;
import io.alcedo.app.fixture.TinyGraph;
import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which graphs without manifest can be fed. */
class GraphContenderTest {
  private final BenchPictures pictures = BenchPictures.simulated(1);
  @TempDir private Path folder;

  @AfterEach
  void close() {
    pictures.close();
  }

  @Test
  void feedsTheUsualConventions() {
    List<Path> graphs =
        List.of(
            TinyGraph.ofFloats(folder.resolve("planes.onnx"), -1, 3, 8, 8),
            TinyGraph.ofFloats(folder.resolve("open.onnx"), -1, 3, -1, -1),
            TinyGraph.ofFloats(folder.resolve("one.onnx"), 3, 8, 8),
            TinyGraph.ofFloats(folder.resolve("last.onnx"), 1, 8, 8, 3),
            TinyGraph.ofBytes(folder.resolve("bytes.onnx"), -1, 8, 8, 3));
    List<GraphContender> contenders = graphs.stream().map(graph -> contender(graph, 1)).toList();
    List<List<Turn>> turns = new Duel(1, Duration.ofMillis(1)).run(contenders);
    assertThat(turns).hasSize(5).allSatisfy(list -> assertThat(list).hasSize(1));
  }

  @Test
  void saysWhatAGraphWantsThatItCannotFeed() {
    Path grey = TinyGraph.ofFloats(folder.resolve("grey.onnx"), -1, 1, 8, 8);
    assertThatThrownBy(() -> contender(grey, 1).open())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("x FLOAT[-1, 1, 8, 8]")
        .hasMessageContaining("expected float [N, 3, H, W]");
    Path one = TinyGraph.ofFloats(folder.resolve("one.onnx"), 3, 8, 8);
    assertThatThrownBy(() -> contender(one, 2).open()).hasMessageContaining("for a batch of 2");
  }

  private GraphContender contender(Path graph, int batch) {
    return new GraphContender(graph, pictures, batch, 16, 16, 1);
  }
}
