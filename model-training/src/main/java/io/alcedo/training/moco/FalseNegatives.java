package io.alcedo.training.moco;

import io.alcedo.training.ops.Tensors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which negatives are none: other pictures of the same thing. A query must not be driven away from
 * them. In a stream that is the rule, not the exception.
 */
final class FalseNegatives {
  private FalseNegatives() {}

  /**
   * Compares positive keys with candidates.
   *
   * @param k positive keys [N, dim] of length 1
   * @param ids what each is of [N]
   * @param candidates columns of length 1, [dim, M]
   * @param candidateIds what each is of [M]; an id below 0 matches none
   * @param similarity candidates more alike than this are masked; null for no such limit
   * @return [N, M] bool, true where masked; null if nothing can be
   */
  static Tensor mask(
      Tensor k, long[] ids, Tensor candidates, long[] candidateIds, Double similarity) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Tensor same = sameIds(ids, candidateIds);
      if (similarity == null) {
        return same;
      }
      Tensor alike = k.matmul(candidates).gt(new Scalar(similarity)); // [N, M]
      return same == null ? alike : alike.logical_or(same);
    }
  }

  /** [N, M] bool; null if there is no match. */
  private static Tensor sameIds(long[] ids, long[] candidateIds) {
    byte[] same = new byte[ids.length * candidateIds.length];
    boolean any = false;
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < candidateIds.length && ids[i] >= 0; j++) {
        if (ids[i] == candidateIds[j]) {
          same[i * candidateIds.length + j] = 1;
          any = true;
        }
      }
    }
    return any
        ? Tensors.ofUnsigned(same, ids.length, candidateIds.length).to(torch.ScalarType.Bool)
        : null;
  }
}
