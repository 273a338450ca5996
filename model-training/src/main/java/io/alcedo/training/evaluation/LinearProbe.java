package io.alcedo.training.evaluation;

import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.ops.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How well one linear layer tells the classes from an encoder's frozen vectors (He et al. 2020,
 * section 4.1). Softmax regression by SGD with momentum 0.9, batches of 256 and the schedule of the
 * paper, a tenth of the rate after 60 % and 80 % of the epochs. Two things differ from it: vectors
 * are of pictures as they are judged, without augmentation, so that each is computed once; and each
 * dimension is brought to mean 0 and deviation 1 of the bank's, so that one rate suits every
 * encoder (the paper's is 30).
 *
 * @param epochs passes over the bank
 * @param rate the highest
 */
public record LinearProbe(int epochs, double rate) {
  /** 100 epochs. */
  public static final LinearProbe STANDARD = new LinearProbe(100, 0.1);

  private static final int BATCH = 256;
  private static final double MOMENTUM = 0.9;
  private static final double LEAST_DEVIATION = 1e-6;
  private static final long SEED = 1;

  /** Share of right answers of the standard probe, 0 to 1. */
  public static double top1(
      PictureVectors.Looked bank, PictureVectors.Looked asked, EmbeddingLayer layer) {
    int dim = bank.dim(layer);
    int[] answers =
        STANDARD.classify(bank.of(layer), bank.labels(), bank.classes(), asked.of(layer), dim);
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      right += answers[i] == asked.labels()[i] ? 1 : 0;
    }
    return (double) right / answers.length;
  }

  /**
   * Learns from a bank, then answers.
   *
   * @param bank [M, dim], row-major
   * @param labels [M]
   * @param classes number of classes
   * @param asked [N, dim], row-major
   * @return the most likely class of each, [N]
   */
  public int[] classify(float[] bank, int[] labels, int classes, float[] asked, int dim) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor known = Tensors.of(bank, labels.length, dim);
      Tensor mean = known.mean(0);
      Tensor deviation =
          known.std(new long[] {0}, false, false).clamp_min(new Scalar(LEAST_DEVIATION));
      Tensor weight = torch.zeros(dim + 1, classes); // the last row is the bias
      learn(widened(known, mean, deviation), labels, weight);
      Tensor vectors = Tensors.of(asked, asked.length / dim, dim);
      Tensor scores = widened(vectors, mean, deviation).matmul(weight); // [N, classes]
      return Arrays.stream(Tensors.longs(scores.argmax(new LongOptional(1), false)))
          .mapToInt(Math::toIntExact)
          .toArray();
    }
  }

  /** Standardized, with a 1 after each vector: [N, dim + 1]. */
  private static Tensor widened(Tensor x, Tensor mean, Tensor deviation) {
    Tensor normal = x.sub(mean).div(deviation);
    Tensor ones = torch.ones(x.size(0), 1);
    return torch.cat(new TensorVector(normal, ones), 1);
  }

  private void learn(Tensor x, int[] labels, Tensor weight) {
    Tensor truth = torch.zeros(x.size(0), weight.size(1));
    Tensor classOf = Tensors.of(Arrays.stream(labels).asLongStream().toArray(), labels.length, 1);
    truth.scatter_(1, classOf, new Scalar(1)); // one-hot
    Tensor velocity = torch.zeros_like(weight);
    SplittableRandom random = new SplittableRandom(SEED);
    long[] order = new long[labels.length];
    Arrays.setAll(order, i -> i);
    for (int epoch = 0; epoch < epochs; epoch++) {
      shuffle(order, random);
      for (int first = 0; first < order.length; first += BATCH) {
        int end = Math.min(order.length, first + BATCH);
        step(x, truth, Arrays.copyOfRange(order, first, end), weight, velocity, rateOf(epoch));
      }
    }
  }

  /** The gradient of the mean cross-entropy is xᵀ(p − y) ÷ n. */
  private static void step(
      Tensor x, Tensor truth, long[] batch, Tensor weight, Tensor velocity, double rate) {
    try (PointerScope scope = new PointerScope()) {
      Tensor rows = Tensors.of(batch, batch.length);
      Tensor some = x.index_select(0, rows); // [n, dim + 1]
      Tensor wrong = some.matmul(weight).softmax(1).sub_(truth.index_select(0, rows));
      Tensor gradient = some.t().matmul(wrong).div(new Scalar(batch.length));
      velocity.mul_(new Scalar(MOMENTUM)).add_(gradient);
      weight.add_(velocity, new Scalar(-rate));
    }
  }

  private double rateOf(int epoch) {
    double progress = (double) epoch / epochs;
    return rate * (progress < 0.6 ? 1 : progress < 0.8 ? 0.1 : 0.01);
  }

  private static void shuffle(long[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
  }
}
