package io.alcedo.training.ops;

import java.util.List;
import java.util.function.Supplier;

/**
 * What a network's forward pass is written in. One forward, several interpreters: libtorch tensors
 * ({@link TorchOps}), an ONNX graph ({@link OnnxOps}).
 *
 * <p>Two tiers. <i>Layers</i> carry parameters or touch feature maps; they are what is folded,
 * quantized and costed. <i>Algebra</i> is plain arithmetic on boxes, scores and indices and never
 * is. Shapes that depend on data are values too: a forward never reads a number out of a tensor.
 * Static sizes (canvas, channels, top-k limits) are Java ints.
 *
 * <p>Types: float32 unless a method says int64 or bool. Broadcasting as in NumPy.
 *
 * @param <T> a value: a tensor, the name of a graph value, a shape
 */
public interface Ops<T> {

  // ---- names ----

  /** Runs the body with a part appended to the names of its parameters. */
  <R> R scope(String name, Supplier<R> body);

  /** Hands an intermediate value to whoever listens: goldens, activation ranges. */
  default T tap(String name, T x) {
    return x;
  }

  // ---- layers ----

  /** Convolution of x [N, in, H, W] with zero padding. */
  T conv(T x, Conv conv);

  /** Convolution, then normalisation over the channels. */
  T convNorm(T x, Conv conv, Norm norm);

  /** Transposed convolution whose kernel equals its stride; weight [in, out, k, k]. */
  T convTranspose(T x, Conv conv);

  /**
   * (x − mean) · factor of x [N, C, H, W], channel by channel: how pixels become what a network
   * reads. Never quantized by itself.
   *
   * @param mean [C]
   * @param factor [C]
   */
  default T standardize(T x, float[] mean, float[] factor) {
    T centered = sub(x, constant(mean, 1, mean.length, 1, 1));
    return mul(centered, constant(factor, 1, factor.length, 1, 1));
  }

  /** y = x Wᵀ + b of x [R, in]. */
  T linear(T x, Linear linear);

  /** y = norm(x Wᵀ) of x [R, in]: a linear layer without bias, then a batch norm. */
  T linearNorm(T x, LinearNorm layer);

  /** max(x, 0). */
  T relu(T x);

  /** Sum of two feature maps of one shape. */
  T join(T a, T b);

  /** Maximum over windows, padded with −∞. */
  T maxPool(T x, int kernel, int stride, int padding);

  /** Mean over all positions: [N, C, H, W] to [N, C]. */
  T averagePool(T x);

  /** Nearest-neighbour upsampling to a size, px. */
  T upsample(T x, int height, int width);

  /**
   * RoIAlign (Mask R-CNN, section 3), aligned = false, average of samplingRatio² samples a bin.
   *
   * @param features [N, C, H, W]
   * @param rois [R, 4] x1, y1, x2, y2 in px of the image
   * @param image [R] int64, which image each belongs to
   * @return [R, C, size, size]
   */
  T roiAlign(T features, T rois, T image, RoiAlign align);

  /**
   * Pools each region from the pyramid level that fits its size.
   *
   * @param levels P2 to P5 (more are ignored), [N, C, h, w]
   * @param rois [R, 4] x1, y1, x2, y2 in px of the image
   * @param image [R] int64, which image each belongs to
   * @return [R, C, size, size]
   */
  default T pyramidRoiAlign(List<T> levels, T rois, T image, PyramidPooling pooling, int size) {
    return pooling.pool(this, levels, rois, image, size);
  }

  // ---- constants ----

  /** A float constant. */
  T constant(float[] values, long... shape);

  /** An int64 constant. */
  T constant(long[] values, long... shape);

  // ---- algebra ----

  T add(T a, T b);

  T sub(T a, T b);

  T mul(T a, T b);

  /** Of floats; {@link #floorDiv} for int64. */
  T div(T a, T b);

  /** Whole quotient of int64 that are not negative. */
  T floorDiv(T a, T b);

  /** Element-wise minimum; NaN stays NaN. */
  T min(T a, T b);

  /** Element-wise maximum; NaN stays NaN. */
  T max(T a, T b);

  T exp(T x);

  T log(T x);

  T sqrt(T x);

  T floor(T x);

  T sigmoid(T x);

  T softmax(T x, int dim);

  /** Largest value along a dimension, which goes away. */
  T reduceMax(T x, int dim);

  /** Sum along a dimension, which goes away. */
  T reduceSum(T x, int dim);

  T toFloat(T x);

  /** Truncates towards zero, to int64. */
  T toLong(T x);

  /** bool. */
  T greater(T a, T b);

  /** bool; false where either is NaN. */
  T greaterOrEqual(T a, T b);

  /** bool, of int64. */
  T equal(T a, T b);

  /** Of two bools. */
  T and(T a, T b);

  T where(T condition, T ifTrue, T ifFalse);

  /** At most one size may be −1: what is left. */
  T reshape(T x, long... shape);

  T transpose(T x, int... order);

  T unsqueeze(T x, int dim);

  T concat(List<T> parts, int dim);

  /** Elements from start (inclusive) to end (exclusive) along a dimension. */
  T slice(T x, int dim, long start, long end);

  /**
   * Rows of x by int64 index along dimension 0; the indices' shape replaces it.
   *
   * @param indices of any shape
   */
  T gather(T x, T indices);

  /** x, int64 or float [K], with updates written at int64 indices [S], all different. */
  T scatter(T x, T indices, T updates);

  /** Indices of the true elements of a bool vector, int64 [S], ascending. */
  T nonZero(T x);

  /** Size of one dimension, int64 scalar. */
  T size(T x, int dim);

  /** 0 to n − 1, int64, of an int64 scalar. */
  T range(T n);

  /** The k largest along the last dimension, in descending order, ties by lower index. */
  TopK<T> topK(T x, int k);

  /**
   * Greedy non-maximum suppression within each image and class: a box goes if it overlaps a better
   * one by more than the threshold.
   *
   * @param boxes [B, K, 4] x1, y1, x2, y2
   * @param scores [B, C, K]
   * @param scoreThreshold only scores above it take part
   * @return [S, 3] int64: image, class, box; ordered by image, class, score
   */
  T nonMaxSuppression(T boxes, T scores, float iouThreshold, float scoreThreshold);

  /** Values and int64 indices. */
  record TopK<T>(T values, T indices) {}
}
