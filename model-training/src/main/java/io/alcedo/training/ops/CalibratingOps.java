package io.alcedo.training.ops;

import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * Runs a forward on libtorch in float32 and shows the activations of every place where they could
 * be quantized. Names of places are those by which {@link Quantization} knows their grids. One
 * object runs one forward.
 */
public final class CalibratingOps extends PlacedTorchOps {
  private final ObjLongConsumer<String> layers;

  /**
   * Creates an interpreter.
   *
   * @param activations is handed every place's values, some more than once; it must keep none
   * @param layers is handed the name of every layer that can be quantized, and how many values it
   *     reads
   */
  public CalibratingOps(
      Parameters parameters,
      BiConsumer<String, Tensor> activations,
      ObjLongConsumer<String> layers) {
    super(
        parameters,
        ActivationPlaces.ofObjects(layer -> true, new Observer(activations)),
        (name, value) -> {});
    this.layers = layers;
  }

  private record Observer(BiConsumer<String, Tensor> listener)
      implements ActivationPlaces.Quantizer<Tensor> {
    @Override
    public Tensor quantize(String place, Tensor x) {
      listener.accept(place, x);
      return x;
    }

    @Override
    public Tensor keep(String place, Tensor x) {
      return x;
    }
  }

  @Override
  public Tensor conv(Tensor x, Conv conv) {
    read(conv.name(), x);
    return places.result(qualified(conv.name()), super.conv(x, conv), true);
  }

  @Override
  public Tensor convNorm(Tensor x, Conv conv, Norm norm) {
    if (norm.kind() == Norm.Kind.GROUP) {
      Tensor normal = normalized(conv(x, conv), conv.out(), norm);
      return places.result(qualified(norm.name()), normal, false);
    }
    read(conv.name(), x);
    Tensor y = normalized(super.conv(x, conv), conv.out(), norm);
    return places.result(qualified(conv.name()), y, true);
  }

  @Override
  public Tensor convTranspose(Tensor x, Conv conv) {
    return places.result(qualified(conv.name()), super.convTranspose(x, conv), false);
  }

  @Override
  public Tensor linear(Tensor x, Linear linear) {
    read(linear.name(), x);
    return places.result(qualified(linear.name()), super.linear(x, linear), false);
  }

  /** Notes that a layer that can be quantized reads x. */
  private void read(String layer, Tensor x) {
    String name = qualified(layer);
    layers.accept(name, x.numel());
    places.quantizes(name, x);
    places.input(x);
  }
}
