package io.alcedo.training.train;

import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.detection.DetectionLosses;
import io.alcedo.training.detection.DetectionTarget;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.TorchOps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Forward and backward of one batch. */
final class DetectorStep {
  private final RegionCnn network;
  private final DetectionLosses losses;
  private final Parameters parameters;

  DetectorStep(RegionCnn network, DetectionLosses.Options options, Parameters parameters) {
    this.network = network;
    this.losses = new DetectionLosses(network, options);
    this.parameters = parameters;
  }

  /** Adds the batch's gradients to the parameters; the losses by name. */
  Map<String, Double> run(List<Placed> batch, RandomGenerator random) {
    try (PointerScope scope = new PointerScope()) {
      TorchOps ops = new TorchOps(parameters, true);
      List<DetectionTarget> targets = batch.stream().map(Placed::target).toList();
      Tensor images = network.normalize(ops, PlacedBatch.pictures(batch));
      Map<String, Tensor> parts =
          losses.losses(ops, images, PlacedBatch.sizes(batch), targets, random);
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
}
