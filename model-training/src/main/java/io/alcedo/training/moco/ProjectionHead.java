package io.alcedo.training.moco;

import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.LinearNorm;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;

/**
 * The layers that turn a trunk's features into what the contrastive loss compares.
 *
 * @param in size of a feature vector
 * @param norm of a projector's layers; the name is not used
 */
record ProjectionHead(HeadConfig config, int in, Norm norm) {
  private static final String NAME = "fc";

  int dim() {
    return config.kind() == HeadConfig.Kind.NONE ? in : config.dim();
  }

  /**
   * Applies it.
   *
   * @param features [N, in]
   * @return [N, dim]
   */
  <T> T project(Ops<T> ops, T features) {
    return switch (config.kind()) {
      case NONE -> features;
      case LINEAR -> ops.linear(features, linear(NAME, in, dim()));
      case MLP -> ops.scope(NAME, () -> perceptron(ops, features));
      case PROJECTOR -> ops.scope(NAME, () -> projector(ops, features));
    };
  }

  private <T> T perceptron(Ops<T> ops, T features) {
    int hidden = config.hidden() == null ? in : config.hidden();
    T x = ops.relu(ops.linear(features, linear("0", in, hidden))); // [N, hidden]
    return ops.linear(x, linear("2", hidden, dim()));
  }

  /** MoCo v3, {@code _build_mlp}: the last norm has no scale and no shift. */
  private <T> T projector(Ops<T> ops, T features) {
    int hidden = config.hidden();
    T x = ops.relu(ops.linearNorm(features, layer("0", "1", in, hidden, true))); // [N, hidden]
    return ops.linearNorm(x, layer("3", "4", hidden, dim(), false));
  }

  private LinearNorm layer(String name, String normName, int from, int to, boolean affine) {
    return new LinearNorm(
        name, from, to, Initializer.linearDefault(), norm.named(normName), affine);
  }

  private static Linear linear(String name, int from, int to) {
    return new Linear(name, from, to, Initializer.linearDefault());
  }
}
