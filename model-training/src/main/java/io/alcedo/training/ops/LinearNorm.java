package io.alcedo.training.ops;

/**
 * A fully connected layer without bias and the batch norm after it: {@code name.weight} [out, in],
 * and the norm's parameters [out].
 *
 * @param norm of batch statistics
 * @param affine whether the norm has a scale and a shift that train
 */
public record LinearNorm(
    String name, int in, int out, Initializer weight, Norm norm, boolean affine) {
  public LinearNorm {
    if (norm.kind() == Norm.Kind.GROUP || norm.kind() == Norm.Kind.FROZEN) {
      throw new IllegalArgumentException(
          "norm is %s, expected batch or split after a linear layer".formatted(norm.kind()));
    }
  }

  long[] weightShape() {
    return new long[] {out, in};
  }
}
