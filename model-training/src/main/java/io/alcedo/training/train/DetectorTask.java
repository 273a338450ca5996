package io.alcedo.training.train;

import io.alcedo.training.data.Augmentation;
import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.data.DatasetMixture;
import io.alcedo.training.data.DetectionBatches;
import io.alcedo.training.detection.DetectionLosses;
import io.alcedo.training.detection.DetectionTarget;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.network.Pixels;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** Finding objects: the losses of Faster or Mask R-CNN, average precision as the judge. */
final class DetectorTask implements TrainingTask<List<Placed>> {
  private static final List<String> LOSSES =
      List.of("loss_objectness", "loss_rpn_box_reg", "loss_classifier", "loss_box_reg");
  private static final String MASK_LOSS = "loss_mask";

  private final DetectorTrainingConfig config;
  private final RegionCnn network;
  private final DetectionLosses losses;
  private final DatasetMixture mixture;
  private final Map<String, Validation> validations;

  DetectorTask(
      DetectorTrainingConfig config,
      RegionCnn network,
      DatasetMixture mixture,
      Map<String, Validation> validations) {
    this.config = config;
    this.network = network;
    this.losses = new DetectionLosses(network, config.sampling().options());
    this.mixture = mixture;
    this.validations = validations;
  }

  @Override
  public int pictures() {
    return mixture.parts().stream().mapToInt(part -> part.dataset().size()).sum();
  }

  @Override
  public LongFunction<List<Placed>> batches() {
    Augmentation augmentation =
        new Augmentation(
            network.config().canvasWidth(),
            network.config().canvasHeight(),
            config.minScale(),
            config.maxScale(),
            config.colorJitter());
    return new DetectionBatches(
        mixture, augmentation, config.run().batchSize(), config.run().seed());
  }

  @Override
  public void askForParameters(TorchOps ops) {
    int height = network.config().canvasHeight();
    int width = network.config().canvasWidth();
    Tensor black = Tensors.of(new float[height * width * 3], 1, height, width, 3);
    Tensor size = Tensors.of(new float[] {width, height, width, height}, 1, 4);
    network.detectPictures(ops, black, size);
  }

  @Override
  public List<String> columns() {
    List<String> columns = new ArrayList<>(LOSSES);
    if (network.config().masks() != null) {
      columns.add(MASK_LOSS);
    }
    return columns;
  }

  @Override
  public Outcome learn(TorchOps ops, List<Placed> batch, RandomGenerator random) {
    List<DetectionTarget> targets = batch.stream().map(Placed::target).toList();
    Tensor images = Pixels.normalize(ops, PlacedBatch.pictures(batch));
    return new Outcome(
        losses.losses(ops, images, PlacedBatch.sizes(batch), targets, random), Map.of());
  }

  @Override
  public Supplier<Tensor> bareLoss(TorchOps ops, List<Placed> batch) {
    List<DetectionTarget> targets = batch.stream().map(Placed::target).toList();
    Tensor images = Pixels.normalize(ops, PlacedBatch.pictures(batch));
    Tensor sizes = PlacedBatch.sizes(batch);
    return () ->
        new Outcome(losses.losses(ops, images, sizes, targets, new SplittableRandom(1)), Map.of())
            .total();
  }

  @Override
  public List<String> figures() {
    return List.of("box_ap50", "mask_ap50", "precision", "recall");
  }

  @Override
  public int drawn() {
    return 2;
  }

  @Override
  public List<Look> validate(Parameters parameters) {
    List<Look> looks = new ArrayList<>();
    validations.forEach(
        (source, validation) -> looks.add(look(source, validation.run(parameters))));
    return looks;
  }

  private static Look look(String source, DetectorScore score) {
    Result boxes = score.boxes();
    double masks = score.masks() == null ? Double.NaN : score.masks().averagePrecision();
    List<Double> figures =
        List.of(boxes.averagePrecision(), masks, boxes.precision(), boxes.recall());
    return new Look(source, figures, score.text(), score.mean());
  }
}
