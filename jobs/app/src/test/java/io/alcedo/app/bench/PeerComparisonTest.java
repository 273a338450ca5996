package io.alcedo.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.app.bench.PeerResult.Difference;
import io.alcedo.app.bench.PeerResult.Found;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerComparisonTest {
  private static final Box LEFT = new Box(0, 0, 10, 10);
  private static final Box RIGHT = new Box(20, 0, 10, 10);

  @TempDir private Path work;

  /** Speed is not judged here: one turn each, as short as can be. */
  @Test
  void findsWhatTorchvisionsOwnExportsFind() throws Exception {
    Path shared =
        Path.of(
            System.getProperty(
                "alcedo.shared",
                Path.of(System.getProperty("alcedo.root", "."), "..", "shared").toString()));
    Assumptions.assumeTrue(
        Files.exists(shared.resolve("peers")),
        "skipped: no torchvision exports (-Dalcedo.shared=FOLDER)");
    StringWriter out = new StringWriter();
    boolean same =
        new PeerComparison(
                shared.resolve("peers"),
                shared.resolve("golden"),
                2,
                new Duel(1, Duration.ofMillis(1)),
                new PrintWriter(out))
            .run(work);
    assertThat(same).as(out.toString()).isTrue();
    assertThat(out.toString()).contains("50 and 50 objects, 0 unmatched").doesNotContain("NOT");
  }

  /** One px off, a tenth of a score off, a column of 10 of 100 + 100 pixels missing. */
  @Test
  void measuresHowFarResultsAreApart() {
    PeerResult reference =
        new PeerResult(List.of(found(LEFT, 1, 0.9, 10), found(RIGHT, 2, 0.8, 10)));
    PeerResult other =
        new PeerResult(
            List.of(found(RIGHT, 2, 0.7, 10), found(new Box(0, 0, 10, 10.5), 1, 0.9, 9)));
    Difference difference = other.from(reference);
    assertThat(difference.missing()).isZero();
    assertThat(difference.box()).isCloseTo(0.5, within(1e-12));
    assertThat(difference.score()).isCloseTo(0.1, within(1e-12));
    assertThat(difference.maskPixels()).isCloseTo(10 / 200.0, within(1e-12));
  }

  @Test
  void countsWhatHasNoCounterpart() {
    PeerResult reference = new PeerResult(List.of(found(LEFT, 1, 0.9, 10)));
    assertThat(new PeerResult(List.of()).from(reference).missing()).isEqualTo(1);
    assertThat(new PeerResult(List.of(found(LEFT, 2, 0.9, 10))).from(reference).missing())
        .as("another label: one is missing, one is too many")
        .isEqualTo(2);
  }

  /** A mask of so many columns of ten pixels. */
  private static Found found(Box box, long label, double score, int columns) {
    byte[] inside = new byte[10 * columns];
    Arrays.fill(inside, (byte) 1);
    RleMask mask = RleMask.encodeWindow(inside, 20, 40, (int) box.x(), 0, columns, 10);
    return new Found(box, label, score, mask);
  }
}
