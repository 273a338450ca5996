package io.alcedo.training.ops;

import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a forward on libtorch with all that 8-bit integers lose and without the integers: values are
 * rounded to their grids, the arithmetic between is float32. What it gives is what the integer
 * kernels of another engine should give, to within the order of their sums. One object runs one
 * forward.
 */
public final class FakeQuantOps extends PlacedTorchOps {
  private static final long[] DENSE = {1, 1};

  private final Parameters parameters;
  private final Quantization quantization;

  /** Creates an interpreter. */
  public FakeQuantOps(Parameters parameters, Quantization quantization) {
    this(parameters, quantization, (name, value) -> {});
  }

  /**
   * Creates an interpreter with a listener.
   *
   * @param listener is handed every tapped value; it must keep none beyond the call
   */
  public FakeQuantOps(
      Parameters parameters, Quantization quantization, BiConsumer<String, Tensor> listener) {
    super(
        parameters,
        ActivationPlaces.ofObjects(quantization::covers, new Rounding(quantization)),
        listener);
    this.parameters = parameters;
    this.quantization = quantization;
  }

  private record Rounding(Quantization quantization) implements ActivationPlaces.Quantizer<Tensor> {
    @Override
    public Tensor quantize(String place, Tensor x) {
      UInt8Grid grid = quantization.grid(place);
      return torch.fake_quantize_per_tensor_affine(x, grid.scale(), grid.zeroPoint(), 0, 255);
    }

    @Override
    public Tensor keep(String place, Tensor x) {
      return x;
    }
  }

  @Override
  public Tensor conv(Tensor x, Conv conv) {
    String name = qualified(conv.name());
    return places.quantizes(name, x)
        ? conv(x, name, LayerWeights.conv(parameters, name, conv), conv)
        : places.result(name, super.conv(x, conv), false);
  }

  @Override
  public Tensor convNorm(Tensor x, Conv conv, Norm norm) {
    if (norm.kind() == Norm.Kind.GROUP) {
      Tensor normal = normalized(conv(x, conv), conv.out(), norm);
      return places.result(qualified(norm.name()), normal, false);
    }
    String name = qualified(conv.name());
    if (!places.quantizes(name, x)) {
      Tensor y = normalized(super.conv(x, conv), conv.out(), norm);
      return places.result(name, y, false);
    }
    LayerWeights folded =
        LayerWeights.conv(parameters, name, conv)
            .folded(parameters, qualified(norm.name()), norm.eps());
    return conv(x, name, folded, conv);
  }

  private Tensor conv(Tensor x, String name, LayerWeights layer, Conv conv) {
    ActivationPlaces.Input<Tensor> input = places.input(x);
    Int8Weights rounded = rounded(layer, input.place());
    Tensor weight = Tensors.of(rounded.dequantizedWeight(), layer.shape());
    Tensor bias = Tensors.of(rounded.dequantizedBias(), layer.channels());
    long[] stride = {conv.stride(), conv.stride()};
    long[] padding = {conv.padding(), conv.padding()};
    Tensor y =
        torch.conv2d(input.value(), weight, new TensorOptional(bias), stride, padding, DENSE, 1);
    return places.result(name, y, true);
  }

  @Override
  public Tensor convTranspose(Tensor x, Conv conv) {
    return places.result(qualified(conv.name()), super.convTranspose(x, conv), false);
  }

  @Override
  public Tensor linear(Tensor x, Linear linear) {
    String name = qualified(linear.name());
    if (!places.quantizes(name, x)) {
      return places.result(name, super.linear(x, linear), false);
    }
    LayerWeights layer = LayerWeights.linear(parameters, name, linear);
    ActivationPlaces.Input<Tensor> input = places.input(x);
    Int8Weights rounded = rounded(layer, input.place());
    Tensor weight = Tensors.of(rounded.dequantizedWeight(), layer.shape());
    Tensor bias = Tensors.of(rounded.dequantizedBias(), layer.channels());
    return places.result(
        name, torch.linear(input.value(), weight, new TensorOptional(bias)), false);
  }

  private Int8Weights rounded(LayerWeights layer, String inputPlace) {
    float inputScale = quantization.grid(inputPlace).scale();
    return Int8Weights.of(layer, inputScale, quantization.weightBits());
  }
}
