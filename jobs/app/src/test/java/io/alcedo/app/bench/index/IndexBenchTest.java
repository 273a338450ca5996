package io.alcedo.app.bench.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.app.index.ExactIndex;
import io.alcedo.app.index.Hit;
import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.VectorFilter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors are what they are said to be, the truth is true, and the command runs. */
class IndexBenchTest {
  private static final SyntheticEmbeddings EMBEDDINGS = new SyntheticEmbeddings(1, 128);

  @TempDir Path directory;

  @Test
  void cropsOfATrackAreAlikeAndPeopleAreNot() {
    assertThat(meanCosine(1)).isCloseTo(0.89, within(0.04));
    assertThat(meanCosine(2000)).isCloseTo(0, within(0.1));
    assertThat(EMBEDDINGS.vector(17)).isEqualTo(new SyntheticEmbeddings(1, 128).vector(17));
    assertThat(EMBEDDINGS.vector(17)).isNotEqualTo(new SyntheticEmbeddings(2, 128).vector(17));
  }

  private static double meanCosine(int distance) {
    return IntStream.range(0, 400)
        .map(track -> 20 * track)
        .mapToDouble(number -> dot(EMBEDDINGS.vector(number), EMBEDDINGS.vector(number + distance)))
        .average()
        .orElseThrow();
  }

  private static double dot(float[] left, float[] right) {
    return IntStream.range(0, left.length).mapToDouble(i -> left[i] * right[i]).sum();
  }

  @Test
  void neighboursThatPassByAreThoseOfTheExactIndex() {
    float[][] queries = {EMBEDDINGS.query(0, 500), EMBEDDINGS.query(1, 500)};
    ExactNeighbours passing = new ExactNeighbours(queries, 10);
    ExactIndex exact = new ExactIndex();
    exact.create("synthetic@00", 128);
    for (int number = 0; number < 500; number++) {
      passing.look(number, EMBEDDINGS.vector(number));
      exact.upsert("synthetic@00", List.of(EMBEDDINGS.entry(number)));
    }
    for (int query = 0; query < queries.length; query++) {
      assertThat(passing.of(query).stream().map(n -> EMBEDDINGS.entry(n).facts().id()))
          .containsExactlyInAnyOrderElementsOf(
              exact.search("synthetic@00", queries[query], 10, VectorFilter.ALL).stream()
                  .map(Hit::facts)
                  .map(facts -> facts.id())
                  .collect(Collectors.toList()));
    }
  }

  @Test
  void writesARowForEachSizeAndKind() throws IOException {
    IndexBenchOptions options =
        new IndexBenchOptions(
            500, 32, 20, Duration.ofMillis(200), 0, IndexSettings.DEFAULT, true, directory, null);
    StringWriter printed = new StringWriter();
    new IndexBench(options, new PrintWriter(printed)).run();

    List<String> rows = Files.readAllLines(directory.resolve("index.csv"));
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1)).startsWith("float32,500,");
    assertThat(rows.get(2)).startsWith("7 bits,500,");
    double recall = Double.parseDouble(List.of(rows.get(1).split(",", -1)).get(3));
    assertThat(recall).isGreaterThan(0.95);
    assertThat(printed.toString()).contains("recall@10").contains("7 bits");
    try (var left = Files.list(directory)) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void measuresTheSizesOnTheWay() {
    assertThat(options(1_000_000).sizes()).containsExactly(10_000, 100_000, 1_000_000);
    assertThat(options(50_000).sizes()).containsExactly(10_000, 50_000);
    assertThat(options(50_000).room(10_000)).isEqualTo(20_000);
  }

  private IndexBenchOptions options(int maxVectors) {
    return new IndexBenchOptions(
        maxVectors,
        32,
        20,
        Duration.ofSeconds(1),
        0,
        IndexSettings.DEFAULT,
        false,
        directory,
        null);
  }
}
