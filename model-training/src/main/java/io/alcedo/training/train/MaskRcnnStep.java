package io.alcedo.training.train;

import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.detection.DetectionLosses;
import io.alcedo.training.detection.DetectionTarget;
import io.alcedo.training.detection.MaskRcnn;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Forward and backward of one batch. */
final class MaskRcnnStep {
  private final MaskRcnn network;
  private final DetectionLosses losses;
  private final Parameters parameters;

  MaskRcnnStep(MaskRcnn network, DetectionLosses.Options options, Parameters parameters) {
    this.network = network;
    this.losses = new DetectionLosses(network, options);
    this.parameters = parameters;
  }

  /** Adds the batch's gradients to the parameters; the losses by name. */
  Map<String, Double> run(List<Placed> batch, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      TorchOps ops = new TorchOps(parameters, true);
      List<DetectionTarget> targets = batch.stream().map(Placed::target).toList();
      Tensor images = network.normalize(ops, pictures(batch));
      Map<String, Tensor> parts = losses.losses(ops, images, sizes(batch), targets, random);
      Map<String, Double> values = new LinkedHashMap<>();
      Tensor total = null;
      for (Map.Entry<String, Tensor> part : parts.entrySet()) {
        values.put(part.getKey(), part.getValue().item_double());
        total = total == null ? part.getValue() : total.add(part.getValue());
      }
      total.backward();
      return values;
    }
  }

  private Tensor pictures(List<Placed> batch) {
    int height = network.config().canvasHeight();
    int width = network.config().canvasWidth();
    float[] values = new float[batch.size() * height * width * 3];
    int at = 0;
    for (Placed placed : batch) {
      for (byte level : placed.pixels()) {
        values[at++] = level & 0xff;
      }
    }
    return Tensors.of(values, batch.size(), height, width, 3);
  }

  private static Tensor sizes(List<Placed> batch) {
    float[] sizes = new float[4 * batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      Placed placed = batch.get(i / 4);
      sizes[i] = i % 2 == 0 ? placed.trueWidth() : placed.trueHeight();
    }
    return Tensors.of(sizes, batch.size(), 4);
  }
}
