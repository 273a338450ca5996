package io.alcedo.training.ops;

import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a forward eagerly on libtorch, with gradients: training, and the reference for parity.
 * Feature maps are kept channels-last, which makes convolutions and RoIAlign on a CPU faster.
 */
public sealed class TorchOps extends TorchAlgebra permits PlacedTorchOps {
  private static final long[] DENSE = {1, 1};

  private final Parameters parameters;
  private final boolean training;
  private final BiConsumer<String, Tensor> listener;

  static {
    Libtorch.ensureLoaded();
  }

  /**
   * Creates an interpreter.
   *
   * @param training whether batch norms use and update batch statistics
   */
  public TorchOps(Parameters parameters, boolean training) {
    this(parameters, training, (name, value) -> {});
  }

  /**
   * Creates an interpreter with a listener.
   *
   * @param listener is handed every tapped value; it must keep none beyond the call
   */
  public TorchOps(Parameters parameters, boolean training, BiConsumer<String, Tensor> listener) {
    this.parameters = parameters;
    this.training = training;
    this.listener = listener;
  }

  /** The parameters that the forward asks for. */
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public Tensor tap(String name, Tensor x) {
    listener.accept(qualified(name), x);
    return x;
  }

  @Override
  public Tensor conv(Tensor x, Conv conv) {
    return torch.conv2d(
        x,
        weight(conv.name(), conv.weightShape(), conv.weight()),
        conv.bias() ? bias(conv) : new TensorOptional(),
        square(conv.stride()),
        square(conv.padding()),
        DENSE,
        1);
  }

  @Override
  public Tensor convNorm(Tensor x, Conv conv, Norm norm) {
    return normalized(conv(x, conv), conv.out(), norm);
  }

  final Tensor normalized(Tensor x, long channels, Norm norm) {
    return norm.kind() == Norm.Kind.GROUP
        ? groupNorm(x, channels, norm)
        : batchNorm(x, channels, norm);
  }

  private Tensor groupNorm(Tensor x, long channels, Norm norm) {
    long[] shape = {channels};
    Tensor scale = weight(norm.name(), shape, Initializer.ones());
    Tensor shift =
        parameters.trainable(qualified(norm.name() + ".bias"), shape, Initializer.zeros());
    return torch.group_norm(
        x, norm.groups(), new TensorOptional(scale), new TensorOptional(shift), norm.eps(), false);
  }

  private Tensor batchNorm(Tensor x, long channels, Norm norm) {
    long[] shape = {channels};
    String name = qualified(norm.name());
    boolean frozen = norm.kind() == Norm.Kind.FROZEN;
    TensorOptional scale =
        new TensorOptional(affine(name + ".weight", shape, Initializer.ones(), frozen));
    TensorOptional shift =
        new TensorOptional(affine(name + ".bias", shape, Initializer.zeros(), frozen));
    return statistics(norm, shape).normalize(x, scale, shift, training && !frozen);
  }

  private BatchStatistics statistics(Norm norm, long[] shape) {
    String name = qualified(norm.name());
    return new BatchStatistics(
        norm,
        parameters.buffer(name + ".running_mean", shape, Initializer.zeros()),
        parameters.buffer(name + ".running_var", shape, Initializer.ones()));
  }

  private Tensor affine(String name, long[] shape, Initializer initializer, boolean frozen) {
    return frozen
        ? parameters.buffer(name, shape, initializer)
        : parameters.trainable(name, shape, initializer);
  }

  @Override
  public Tensor convTranspose(Tensor x, Conv conv) {
    return torch.conv_transpose2d(
        x,
        weight(conv.name(), conv.transposedWeightShape(), conv.weight()),
        bias(conv),
        square(conv.stride()),
        square(conv.padding()),
        square(0),
        1,
        1,
        1);
  }

  @Override
  public Tensor linear(Tensor x, Linear linear) {
    Tensor weight = weight(linear.name(), new long[] {linear.out(), linear.in()}, linear.weight());
    // PyTorch begins every linear layer's bias within 1/sqrt(fan-in), whatever its weight's rule.
    Tensor bias =
        parameters.trainable(
            qualified(linear.name() + ".bias"),
            new long[] {linear.out()},
            Initializer.uniform(1 / Math.sqrt(linear.in())));
    return torch.linear(x, weight, new TensorOptional(bias));
  }

  @Override
  public Tensor linearNorm(Tensor x, LinearNorm layer) {
    Tensor weight = weight(layer.name(), layer.weightShape(), layer.weight());
    Tensor y = torch.linear(x, weight);
    if (layer.affine()) {
      return batchNorm(y, layer.out(), layer.norm());
    }
    return statistics(layer.norm(), new long[] {layer.out()})
        .normalize(y, new TensorOptional(), new TensorOptional(), training);
  }

  @Override
  public Tensor relu(Tensor x) {
    return torch.relu(x);
  }

  @Override
  public Tensor join(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Tensor maxPool(Tensor x, int kernel, int stride, int padding) {
    return torch.max_pool2d(x, square(kernel), square(stride), square(padding), DENSE, false);
  }

  @Override
  public Tensor averagePool(Tensor x) {
    return torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1);
  }

  @Override
  public Tensor upsample(Tensor x, int height, int width) {
    return torch.upsample_nearest2d(x, height, width);
  }

  @Override
  public Tensor roiAlign(Tensor features, Tensor rois, Tensor image, RoiAlign align) {
    long channels = features.size(1);
    int height = (int) features.size(2);
    int width = (int) features.size(3);
    RoiSampling sampling =
        new RoiSampling(Tensors.floats(rois), Tensors.longs(image), height, width, align);
    Tensor rows = features.permute(0, 2, 3, 1).reshape(-1, channels); // [N*H*W, C]
    long[] pixels = sampling.pixels();
    Tensor bins =
        torch
            .embedding_bag(
                rows,
                Tensors.of(pixels, pixels.length),
                Tensors.of(sampling.starts(), sampling.starts().length),
                false,
                0, // sum
                false,
                new TensorOptional(Tensors.of(sampling.weights(), pixels.length)),
                false)
            .get0(); // [R*size*size, C]
    return bins.reshape(rois.size(0), align.size(), align.size(), channels).permute(0, 3, 1, 2);
  }

  private Tensor weight(String name, long[] shape, Initializer initializer) {
    return parameters.trainable(qualified(name + ".weight"), shape, initializer);
  }

  private TensorOptional bias(Conv conv) {
    return new TensorOptional(
        parameters.trainable(
            qualified(conv.name() + ".bias"), new long[] {conv.out()}, Initializer.zeros()));
  }

  private static long[] square(long side) {
    return new long[] {side, side};
  }
}
