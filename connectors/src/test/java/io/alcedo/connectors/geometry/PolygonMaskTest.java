package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonMaskTest {
  private static final int HEIGHT = 6;
  private static final int WIDTH = 8;

  @Test
  void fillsJustThePixelsOfARectangle() {
    assertThat(rows(2, 1, 5, 1, 5, 4, 2, 4))
        .containsExactly("........", "..###...", "..###...", "..###...", "........", "........");
    assertThat(rows(2, 4, 5, 4, 5, 1, 2, 1))
        .as("the other way round")
        .hasSize(6)
        .element(1)
        .isEqualTo("..###...");
  }

  /**
   * Columns have their middles at x = 0.5, 1.5, … of the pixel grid. The side from (0, 6) to (6, 0)
   * is crossed in column c at y = 5.5 − c: rows from there on are in, 1 + c of them for c up to 5.
   */
  @Test
  void fillsATriangle() {
    assertThat(rows(0, 6, 6, 0, 6, 6))
        .containsExactly(".....#..", "....##..", "...###..", "..####..", ".#####..", "######..");
  }

  @Test
  void cutsWhatLiesOutside() {
    assertThat(rows(-3, -3, 20, -3, 20, 2, -3, 2))
        .containsExactly("########", "########", "........", "........", "........", "........");
    assertThat(PolygonMask.fill(List.of(new double[] {9, 1, 12, 1, 12, 3}), HEIGHT, WIDTH).area())
        .isZero();
  }

  @Test
  void joinsParts() {
    RleMask mask =
        PolygonMask.fill(
            List.of(new double[] {0, 0, 3, 0, 3, 2, 0, 2}, new double[] {2, 0, 4, 0, 4, 2, 2, 2}),
            HEIGHT,
            WIDTH);
    assertThat(mask.area()).isEqualTo(8);
  }

  @Test
  void refusesALine() {
    assertThatThrownBy(() -> PolygonMask.fill(List.of(new double[] {0, 0, 1, 1}), HEIGHT, WIDTH))
        .hasMessage("a polygon has 4 coordinates, expected three pairs or more");
  }

  private static List<String> rows(double... polygon) {
    byte[] inside = PolygonMask.fill(List.of(polygon), HEIGHT, WIDTH).decode();
    StringBuilder text = new StringBuilder();
    for (byte pixel : inside) {
      text.append(pixel == 0 ? '.' : '#');
    }
    return java.util.stream.IntStream.range(0, HEIGHT)
        .mapToObj(row -> text.substring(row * WIDTH, (row + 1) * WIDTH))
        .toList();
  }
}
