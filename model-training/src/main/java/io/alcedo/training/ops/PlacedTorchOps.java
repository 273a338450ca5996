package io.alcedo.training.ops;

import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/** A forward on libtorch whose activations are looked at where they would be quantized. */
abstract sealed class PlacedTorchOps extends TorchOps permits CalibratingOps, FakeQuantOps {
  final ActivationPlaces<Tensor> places;

  PlacedTorchOps(
      Parameters parameters, ActivationPlaces<Tensor> places, BiConsumer<String, Tensor> listener) {
    super(parameters, false, listener);
    this.places = places;
  }

  @Override
  public final Tensor relu(Tensor x) {
    return places.rectified(x, super::relu);
  }

  @Override
  public final Tensor join(Tensor a, Tensor b) {
    return places.joined(a, b, super::join);
  }

  @Override
  public final Tensor maxPool(Tensor x, int kernel, int stride, int padding) {
    return places.moved(x, y -> super.maxPool(y, kernel, stride, padding));
  }

  @Override
  public final Tensor upsample(Tensor x, int height, int width) {
    return places.moved(x, y -> super.upsample(y, height, width));
  }
}
