package io.alcedo.training.train;

import io.alcedo.training.classification.Classifier;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.data.PictureBatches;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.data.PictureView;
import io.alcedo.training.evaluation.ConfusionMatrix;
import io.alcedo.training.network.Pixels;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Telling classes apart: cross-entropy is learned, the share of right first answers is the judge.
 */
final class ClassifierTask implements TrainingTask<PictureBatch> {
  private static final int BATCH = 100;
  private static final int MEAN = 1;
  private static final long NO_LABEL = -100;

  private final ClassifierConfig shape;
  private final Classifier network;
  private final PictureView view;
  private final RunConfig run;
  private final double labelSmoothing;
  private final PictureSet training;
  private final PictureSet validation;

  /**
   * Describes what is learned.
   *
   * @param config whose network has labels
   */
  ClassifierTask(ClassifierTrainingConfig config, PictureSet training, PictureSet validation) {
    this.shape = config.network();
    this.network = shape.network();
    this.view = config.view();
    this.run = config.run();
    this.labelSmoothing = config.labelSmoothing();
    this.training = training;
    this.validation = validation;
  }

  @Override
  public int pictures() {
    return training.size();
  }

  @Override
  public LongFunction<PictureBatch> batches() {
    return new PictureBatches(training, view, run.batchSize(), run.seed());
  }

  @Override
  public void askForParameters(TorchOps ops) {
    int side = shape.side();
    network.pictureLogits(ops, Tensors.of(new float[side * side * 3], 1, side, side, 3));
  }

  @Override
  public List<String> columns() {
    return List.of("loss", "error");
  }

  @Override
  public Outcome learn(TorchOps ops, PictureBatch batch, RandomGenerator random) {
    Tensor logits = network.pictureLogits(ops, pictures(batch)); // [N, classes]
    Tensor labels = Tensors.of(batch.labels(), batch.size());
    Tensor loss =
        torch.cross_entropy_loss(
            logits, labels, new TensorOptional(), MEAN, NO_LABEL, labelSmoothing);
    double wrong = logits.argmax(new LongOptional(1), false).ne(labels).sum().item_double();
    return new Outcome(Map.of("loss", loss), Map.of("error", wrong / batch.size()));
  }

  @Override
  public Supplier<Tensor> bareLoss(TorchOps ops, PictureBatch batch) {
    Tensor images = Pixels.normalize(ops, pictures(batch)); // [N, 3, H, W]
    Tensor labels = Tensors.of(batch.labels(), batch.size());
    return () -> torch.cross_entropy_loss(network.logits(ops, images), labels);
  }

  @Override
  public List<String> figures() {
    return List.of("top1", "top5", "loss");
  }

  @Override
  public int drawn() {
    return 2;
  }

  @Override
  public List<Look> validate(Parameters parameters) {
    if (validation.size() == 0) {
      return List.of();
    }
    ConfusionMatrix matrix = new ConfusionMatrix(shape.labels());
    double losses = 0;
    for (int first = 0; first < validation.size(); first += BATCH) {
      losses += look(parameters, batch(first, Math.min(validation.size(), first + BATCH)), matrix);
    }
    List<Double> figures = List.of(matrix.top(1), matrix.top(5), losses / validation.size());
    String text =
        String.format(
            Locale.ROOT,
            "top-1 %.4f  top-5 %.4f  loss %.4f",
            figures.get(0),
            figures.get(1),
            figures.get(2));
    return List.of(new Look("validation", figures, text, figures.get(0)));
  }

  /** The sum of the losses of a batch, whose answers go into the matrix. */
  private double look(Parameters parameters, PictureBatch batch, ConfusionMatrix matrix) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor logits = network.pictureLogits(new TorchOps(parameters, false), pictures(batch));
      float[] scores = Tensors.floats(logits);
      int classes = shape.classes();
      for (int i = 0; i < batch.size(); i++) {
        int truth = (int) batch.labels()[i];
        matrix.add(truth, Arrays.copyOfRange(scores, i * classes, (i + 1) * classes));
      }
      Tensor loss = torch.cross_entropy_loss(logits, Tensors.of(batch.labels(), batch.size()));
      return loss.item_double() * batch.size();
    }
  }

  private PictureBatch batch(int first, int end) {
    Picture[] pictures = new Picture[end - first];
    long[] labels = new long[end - first];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = view.plain(validation.picture(first + i));
      labels[i] = validation.label(first + i);
    }
    return PictureBatch.of(pictures, labels);
  }

  /** [N, H, W, 3] RGB from 0 to 255. */
  private static Tensor pictures(PictureBatch batch) {
    return Tensors.ofUnsigned(batch.pixels(), batch.size(), batch.height(), batch.width(), 3)
        .to(torch.ScalarType.Float);
  }
}
