package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibtorchTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 40})
  void convolutionsAreRightWhateverTheirChannels(int channels) {
    Libtorch.ensureLoaded();
    double[] fast = norms(channels);
    double[] plain;
    torch.globalContext().setUserEnabledMkldnn(false);
    try {
      plain = norms(channels);
    } finally {
      torch.globalContext().setUserEnabledMkldnn(true);
    }
    for (int i = 0; i < plain.length; i++) {
      assertThat(fast[i]).isCloseTo(plain[i], within(1e-4 * plain[i]));
    }
  }

  /** Of the result and the gradients of picture and weights. */
  private static double[] norms(int channels) {
    Conv conv = Conv.same("conv", channels, channels, 3, 1, Initializer.ones());
    try (PointerScope scope = new PointerScope();
        Parameters parameters = new Parameters(new SplittableRandom(1))) {
      TorchOps ops = new TorchOps(parameters, true);
      float[] values = new float[4 * channels * 16 * 16]; // as many as the kernel has, or more
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextDouble(-1, 1);
      }
      Tensor x = Tensors.of(values, 4, channels, 16, 16).requires_grad_(true);
      float[] kernel = Arrays.copyOf(values, channels * channels * 9);
      parameters.putTrainable("conv.weight", kernel, channels, channels, 3, 3);
      Tensor y = ops.conv(x, conv);
      y.mul(Tensors.of(values, 4, channels, 16, 16)).sum().backward();
      Tensor weight = parameters.trainable().get("conv.weight");
      return new double[] {
        y.detach().norm().item_double(),
        x.grad().norm().item_double(),
        weight.grad().norm().item_double()
      };
    }
  }
}
