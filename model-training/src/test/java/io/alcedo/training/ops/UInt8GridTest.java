package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UInt8GridTest {
  @Test
  void spreadsTheRangeOver255Steps() {
    UInt8Grid grid = UInt8Grid.over(-1, 4.1);
    assertThat(grid.scale()).isCloseTo(0.02f, within(1e-7f));
    assertThat(grid.zeroPoint()).isEqualTo(50);
    assertThat(grid.quantize(0.05f)).isEqualTo(52); // 2.5 steps, to even
    assertThat(grid.quantize(0.071f)).isEqualTo(54);
    assertThat(grid.dequantize(54)).isCloseTo(0.08f, within(1e-6f));
  }

  @Test
  void clipsWhatIsOutside() {
    UInt8Grid grid = UInt8Grid.over(-1, 4.1);
    assertThat(grid.quantize(-3)).isZero();
    assertThat(grid.quantize(1e30f)).isEqualTo(255);
  }

  @Test
  void holdsZeroExactlyWhateverTheRange() {
    for (double[] range : new double[][] {{1, 5}, {-5, -1}, {-0.3, 0.7}, {-7, 1e-3}}) {
      UInt8Grid grid = UInt8Grid.over(range[0], range[1]);
      assertThat(grid.dequantize(grid.quantize(0))).isEqualTo(0f);
    }
    assertThat(UInt8Grid.over(1, 5)).isEqualTo(new UInt8Grid(5f / 255, 0));
    assertThat(UInt8Grid.over(-5, -1)).isEqualTo(new UInt8Grid(5f / 255, 255));
  }

  @Test
  void takesARangeOfNothing() {
    assertThat(UInt8Grid.over(0, 0)).isEqualTo(new UInt8Grid(1, 0));
  }

  @Test
  void refusesWhatIsNoGrid() {
    assertThatThrownBy(() -> new UInt8Grid(0, 1)).hasMessageContaining("scale is 0.0");
    assertThatThrownBy(() -> new UInt8Grid(Float.NaN, 1)).hasMessageContaining("scale is NaN");
    assertThatThrownBy(() -> new UInt8Grid(1, 256)).hasMessageContaining("zero point is 256");
  }
}
