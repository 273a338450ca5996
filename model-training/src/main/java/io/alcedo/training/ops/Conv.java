package io.alcedo.training.ops;

/**
 * A convolution with square kernel.
 *
 * @param name of its parameters, {@code name.weight} [out, in, k, k] and {@code name.bias} [out]
 * @param bias whether it has one, which begins at 0
 * @param weight how the weight begins
 */
public record Conv(
    String name,
    int in,
    int out,
    int kernel,
    int stride,
    int padding,
    boolean bias,
    Initializer weight) {

  /** Padded so that stride 1 keeps the size; without bias, as before a normalisation. */
  public static Conv same(
      String name, int in, int out, int kernel, int stride, Initializer weight) {
    return new Conv(name, in, out, kernel, stride, kernel / 2, false, weight);
  }

  /** The same with a bias. */
  public Conv withBias() {
    return new Conv(name, in, out, kernel, stride, padding, true, weight);
  }

  public long[] weightShape() {
    return new long[] {out, in, kernel, kernel};
  }

  /** Of a transposed convolution. */
  public long[] transposedWeightShape() {
    return new long[] {in, out, kernel, kernel};
  }
}
