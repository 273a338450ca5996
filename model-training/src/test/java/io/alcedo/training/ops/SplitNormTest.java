package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SplitNormTest {
  private static final Conv CONV = Conv.same("conv", 2, 8, 3, 1, Initializer.normal(0.5));
  private static final Norm SPLIT = new Norm("bn", Norm.Kind.SPLIT, 1e-5, 2);
  private static final int PICTURE = 2 * 4 * 4;

  private final float[] pictures = new float[4 * PICTURE];

  SplitNormTest() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = (float) (random.nextGaussian() * (1 + 2 * i / pictures.length));
    }
  }

  private static float[] run(Parameters parameters, Norm norm, boolean training, float[] values) {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = Tensors.of(values, values.length / PICTURE, 2, 4, 4);
      return Tensors.floats(new TorchOps(parameters, training).convNorm(x, CONV, norm));
    }
  }

  @Test
  void normalizesEachPartAsADeviceOfItsOwnWould() {
    float[] first = Arrays.copyOfRange(pictures, 0, 2 * PICTURE);
    float[] second = Arrays.copyOfRange(pictures, 2 * PICTURE, 4 * PICTURE);
    try (Parameters split = new Parameters(new SplittableRandom(1));
        Parameters one = new Parameters(new SplittableRandom(1));
        Parameters other = new Parameters(new SplittableRandom(1))) {
      float[] together = run(split, SPLIT, true, pictures);
      float[] alone = run(one, Norm.batch("bn"), true, first);
      float[] beside = run(other, Norm.batch("bn"), true, second);
      assertThat(Arrays.copyOfRange(together, 0, alone.length))
          .containsExactly(alone, within(1e-5f));
      assertThat(Arrays.copyOfRange(together, alone.length, together.length))
          .containsExactly(beside, within(1e-5f));
      for (String statistic : new String[] {"bn.running_mean", "bn.running_var"}) {
        float[] mean = split.values(statistic);
        for (int c = 0; c < mean.length; c++) {
          float expected = (one.values(statistic)[c] + other.values(statistic)[c]) / 2;
          assertThat(mean[c]).isCloseTo(expected, within(1e-6f));
        }
      }
      assertThat(one.values("bn.running_var")).isNotEqualTo(other.values("bn.running_var"));
      // Once trained it is a batch norm.
      assertThat(run(split, SPLIT, false, first))
          .containsExactly(run(split, Norm.batch("bn"), false, first));
    }
  }

  @Test
  void refusesABatchThatDoesNotFallIntoParts() {
    try (Parameters parameters = new Parameters(new SplittableRandom(1))) {
      assertThatThrownBy(() -> run(parameters, SPLIT, true, Arrays.copyOf(pictures, 3 * PICTURE)))
          .hasMessageContaining("a batch of 3 does not fall into 2 equal parts");
    }
  }
}
