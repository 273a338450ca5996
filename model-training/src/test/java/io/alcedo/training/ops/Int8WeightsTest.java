package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class Int8WeightsTest {
  private static final LayerWeights TWO_CHANNELS =
      new LayerWeights(new float[] {1, -0.6f, 0.25f, 0.1f}, new float[] {0.5f, -2}, 2, 2);

  @Test
  void givesEveryChannelItsOwnScale() {
    Int8Weights rounded = Int8Weights.of(TWO_CHANNELS, 0.1f, 8);
    assertThat(rounded.scales()).containsExactly(1f / 127, 0.25f / 127);
    assertThat(rounded.weight()).containsExactly(127, -76, 127, 51); // of −76.2 and 50.8
    // 0.5 ÷ (0.1 ÷ 127) and −2 ÷ (0.1 · 0.25 ÷ 127)
    assertThat(rounded.bias()).containsExactly(635, -10160);
    assertThat(rounded.dequantizedWeight())
        .containsExactly(new float[] {1, -76f / 127, 0.25f, 51 * 0.25f / 127}, within(1e-6f));
    assertThat(rounded.dequantizedBias()).containsExactly(new float[] {0.5f, -2}, within(1e-6f));
  }

  @Test
  void staysBelow64InSevenBits() {
    Int8Weights rounded = Int8Weights.of(TWO_CHANNELS, 0.1f, 7);
    assertThat(rounded.weight()).containsExactly(63, -38, 63, 25); // of −37.8 and 25.2
    assertThat(rounded.scales()[0]).isEqualTo(1f / 63);
  }

  @Test
  void keepsTheBiasOfAChannelThatIsAllButOff() {
    LayerWeights faint = new LayerWeights(new float[] {1e-12f, 0}, new float[] {3, 0}, 2, 1);
    Int8Weights rounded = Int8Weights.of(faint, 0.01f, 8);
    assertThat(rounded.dequantizedBias()).containsExactly(new float[] {3, 0}, within(1e-5f));
    assertThat(rounded.weight()).containsExactly(0, 0);
  }

  @Test
  void foldsBatchNormIntoWeightAndBias() {
    try (Parameters parameters = new Parameters()) {
      parameters.putTrainable("bn.weight", new float[] {2}, 1);
      parameters.putTrainable("bn.bias", new float[] {0.5f}, 1);
      parameters.putBuffer("bn.running_mean", new float[] {3}, 1);
      parameters.putBuffer("bn.running_var", new float[] {15}, 1);
      LayerWeights conv = new LayerWeights(new float[] {1, -2}, new float[] {1}, 1, 2, 1, 1);
      LayerWeights folded = conv.folded(parameters, "bn", 1); // factor 2 ÷ √16
      assertThat(folded.weight()).containsExactly(0.5f, -1);
      assertThat(folded.bias()).containsExactly(-0.5f);
    }
  }
}
