package io.alcedo.training.moco;

import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.LinearNorm;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.TorchOps;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The two layers that MoCo v3 puts after the queries' projector, named {@code predictor} (Chen et
 * al. 2021, section 3). Only training has it.
 *
 * @param dim size of what goes in and comes out
 * @param hidden size between the layers
 * @param norm of batch statistics; the name is not used
 */
record Predictor(int dim, int hidden, Norm norm) {
  private static final String NAME = "predictor";

  /** Whether a parameter of that name is a predictor's. */
  static boolean owns(String parameter) {
    return parameter.startsWith(NAME + ".");
  }

  /**
   * Applies it.
   *
   * @param z [N, dim]
   * @return [N, dim]
   */
  Tensor predict(TorchOps ops, Tensor z) {
    Initializer begin = Initializer.linearDefault();
    LinearNorm first = new LinearNorm("0", dim, hidden, begin, norm.named("1"), true);
    Tensor x = ops.scope(NAME, () -> ops.relu(ops.linearNorm(z, first))); // [N, hidden]
    // The last layer has neither bias nor norm.
    Tensor weight = ops.parameters().trainable(NAME + ".3.weight", new long[] {dim, hidden}, begin);
    return torch.linear(x, weight);
  }
}
