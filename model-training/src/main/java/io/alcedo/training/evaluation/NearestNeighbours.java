package io.alcedo.training.evaluation;

import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Classifies by the nearest vectors of a bank (Wu et al. 2018, section 3.4): each of the k nearest
 * votes for its class with weight exp(cosine ÷ T). Nothing is trained.
 *
 * @param k neighbours; all of the bank if it is smaller
 * @param temperature T
 */
public record NearestNeighbours(int k, double temperature) {
  /** As the paper has it. */
  public static final NearestNeighbours STANDARD = new NearestNeighbours(200, 0.1);

  private static final int BATCH = 256;

  /** Share of right answers of the standard protocol, 0 to 1. */
  public static double top1(
      PictureVectors.Looked bank, PictureVectors.Looked asked, EmbeddingLayer layer) {
    int[] answers =
        STANDARD.classify(
            bank.of(layer), bank.labels(), bank.classes(), asked.of(layer), bank.dim(layer));
    int right = 0;
    for (int i = 0; i < answers.length; i++) {
      right += answers[i] == asked.labels()[i] ? 1 : 0;
    }
    return (double) right / answers.length;
  }

  /**
   * The most likely class of each vector.
   *
   * @param bank [M, dim], row-major, of any length
   * @param labels [M]
   * @param classes number of classes
   * @param asked [N, dim], row-major, of any length
   * @return [N]
   */
  public int[] classify(float[] bank, int[] labels, int classes, float[] asked, int dim) {
    int[] answers = new int[asked.length / dim];
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor known = unitLength(Tensors.of(bank, labels.length, dim)).t(); // [dim, M]
      Tensor classOf = Tensors.of(longs(labels), labels.length); // [M]
      Tensor vectors = unitLength(Tensors.of(asked, answers.length, dim)); // [N, dim]
      for (int first = 0; first < answers.length; first += BATCH) {
        int count = Math.min(BATCH, answers.length - first);
        long[] some = vote(vectors.narrow(0, first, count).matmul(known), classOf, classes);
        for (int i = 0; i < count; i++) {
          answers[first + i] = (int) some[i];
        }
      }
    }
    return answers;
  }

  /**
   * Votes of the nearest.
   *
   * @param similarities [n, M]
   * @param classOf [M]
   */
  private long[] vote(Tensor similarities, Tensor classOf, int classes) {
    try (PointerScope scope = new PointerScope()) {
      long nearest = Math.min(k, classOf.size(0));
      T_TensorTensor_T top = similarities.topk(nearest, 1, true, false);
      Tensor weights = top.get0().div(new Scalar(temperature)).exp(); // [n, k]
      Tensor voters = classOf.index_select(0, top.get1().reshape(-1)).reshape(-1, nearest);
      Tensor votes = torch.zeros(similarities.size(0), classes).scatter_add_(1, voters, weights);
      return Tensors.longs(votes.argmax(new LongOptional(1), false));
    }
  }

  private static Tensor unitLength(Tensor vectors) {
    try (Parameters none = new Parameters()) {
      return Encoder.unitLength(new TorchOps(none, false), vectors);
    }
  }

  private static long[] longs(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
