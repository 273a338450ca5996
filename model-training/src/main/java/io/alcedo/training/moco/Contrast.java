package io.alcedo.training.moco;

import io.alcedo.training.ops.Tensors;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * How alike queries are to their keys, and to others (InfoNCE, van den Oord et al. 2018).
 *
 * @param logits similarities divided by the temperature, [N, M]
 * @param loss cross-entropy, the mean over the queries, as a scalar
 * @param accuracy share of the queries whose own key is the most alike, 0 to 1
 */
public record Contrast(Tensor logits, Tensor loss, double accuracy) {

  /**
   * Of queries with their keys and a queue (He et al. 2020, equation 1). Pure: nothing is changed.
   *
   * @param q [N, dim] of length 1
   * @param k [N, dim] of length 1, without gradient
   * @param queue [dim, K], columns of length 1
   * @param masked [N, K] bool, which of the queue are no negatives; null for none
   * @return logits [N, 1 + K], the own key first
   */
  public static Contrast withQueue(
      Tensor q, Tensor k, Tensor queue, Tensor masked, double temperature) {
    Tensor own = q.mul(k).sum(new long[] {1}, true, new ScalarTypeOptional());
    // A copy, because the queue changes before the gradient is computed.
    Tensor others = without(q.matmul(queue.detach().clone()), masked); // [N, K]
    Tensor logits = torch.cat(new TensorVector(own, others), 1).div(new Scalar(temperature));
    return of(logits, Tensors.of(new long[(int) q.size(0)], q.size(0)), 1);
  }

  /**
   * Of queries with the keys of one batch (MoCo v3, algorithm 1); scaled by 2T as there. Pure.
   *
   * @param q [N, dim] of length 1
   * @param k [N, dim] of length 1, without gradient
   * @param masked [N, N] bool, which are no negatives; the diagonal is false; null for none
   * @return logits [N, N], the own key on the diagonal
   */
  public static Contrast withinBatch(Tensor q, Tensor k, Tensor masked, double temperature) {
    Tensor logits = without(q.matmul(k.t()), masked).div(new Scalar(temperature));
    long[] own = new long[(int) q.size(0)];
    for (int i = 0; i < own.length; i++) {
      own[i] = i;
    }
    return of(logits, Tensors.of(own, own.length), 2 * temperature);
  }

  private static Tensor without(Tensor similarities, Tensor masked) {
    return masked == null
        ? similarities
        : similarities.masked_fill(masked, new Scalar(Double.NEGATIVE_INFINITY));
  }

  private static Contrast of(Tensor logits, Tensor own, double factor) {
    Tensor loss = torch.cross_entropy_loss(logits, own);
    double right = logits.detach().argmax(new LongOptional(1), false).eq(own).sum().item_double();
    return new Contrast(
        logits, factor == 1 ? loss : loss.mul(new Scalar(factor)), right / own.size(0));
  }
}
