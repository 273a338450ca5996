package io.alcedo.training.ops;

import io.alcedo.training.ops.CostOps.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a forward on shapes only, and notes what each layer would cost: parameters, and
 * multiply-adds of convolutions and linear layers. Where a size depends on data it is taken at its
 * upper bound: as many regions as there may be proposals, as many masks as detections.
 */
public final class CostOps extends ScopedOps<Shape> {
  private static final List<String> NORM = List.of(".weight", ".bias");
  private static final List<String> NORM_WITH_STATISTICS =
      List.of(".weight", ".bias", ".running_mean", ".running_var");

  private final List<Layer> layers = new ArrayList<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();
  private final Set<String> buffers = new LinkedHashSet<>();

  /**
   * A value: its sizes, and what it is if it is an int64 scalar that a size was read into.
   *
   * @param value −1 where it is not known
   */
  public record Shape(List<Long> sizes, long value) {
    public static Shape of(long... sizes) {
      return new Shape(Arrays.stream(sizes).boxed().toList(), -1);
    }

    long size(int dim) {
      return sizes.get(Math.floorMod(dim, sizes.size()));
    }

    long elements() {
      return sizes.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    Shape with(int dim, long size) {
      List<Long> changed = new ArrayList<>(sizes);
      changed.set(Math.floorMod(dim, sizes.size()), size);
      return new Shape(changed, -1);
    }
  }

  /**
   * What one layer costs.
   *
   * @param name of its parameters
   * @param parameters that train, its normalisation's included
   * @param multiplyAdds of one forward
   * @param output sizes of what it gives
   */
  public record Layer(String name, long parameters, long multiplyAdds, List<Long> output) {}

  /**
   * Layers in the order in which they ran; a layer that ran on several inputs is there as often.
   */
  public List<Layer> layers() {
    return Collections.unmodifiableList(layers);
  }

  /** Shape of every parameter and buffer by name, in the order of the forward. */
  public Map<String, long[]> parameterShapes() {
    return Collections.unmodifiableMap(shapes);
  }

  /** Those of them that do not train. */
  public Set<String> bufferNames() {
    return Collections.unmodifiableSet(buffers);
  }

  /** Of all layers, each name once. */
  public long parameters() {
    return layers.stream().map(Layer::name).distinct().mapToLong(this::parametersOf).sum();
  }

  private long parametersOf(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow()
        .parameters();
  }

  /** Of all layers. */
  public long multiplyAdds() {
    return layers.stream().mapToLong(Layer::multiplyAdds).sum();
  }

  private Shape note(String name, long parameters, long perOutput, Shape output) {
    layers.add(
        new Layer(qualified(name), parameters, perOutput * output.elements(), output.sizes()));
    return output;
  }

  private void noteShapes(String name, long[] weight, int out, boolean bias) {
    shapes.put(qualified(name) + ".weight", weight);
    if (bias) {
      shapes.put(qualified(name) + ".bias", new long[] {out});
    }
  }

  // ---- layers ----

  @Override
  public Shape conv(Shape x, Conv conv) {
    return conv(x, conv, 0);
  }

  @Override
  public Shape convNorm(Shape x, Conv conv, Norm norm) {
    String name = qualified(norm.name());
    boolean running = norm.kind() != Norm.Kind.GROUP;
    for (String part : running ? NORM_WITH_STATISTICS : NORM) {
      shapes.put(name + part, new long[] {conv.out()});
      if (norm.kind() == Norm.Kind.FROZEN || !NORM.contains(part)) {
        buffers.add(name + part);
      }
    }
    return conv(x, conv, norm.kind() == Norm.Kind.FROZEN ? 0 : 2L * conv.out());
  }

  private Shape conv(Shape x, Conv conv, long normParameters) {
    long height = (x.size(2) + 2L * conv.padding() - conv.kernel()) / conv.stride() + 1;
    long width = (x.size(3) + 2L * conv.padding() - conv.kernel()) / conv.stride() + 1;
    noteShapes(conv.name(), conv.weightShape(), conv.out(), conv.bias());
    return note(
        conv.name(),
        weights(conv) + normParameters,
        (long) conv.in() * conv.kernel() * conv.kernel(),
        Shape.of(x.size(0), conv.out(), height, width));
  }

  private static long weights(Conv conv) {
    long kernel = (long) conv.in() * conv.out() * conv.kernel() * conv.kernel();
    return kernel + (conv.bias() ? conv.out() : 0);
  }

  @Override
  public Shape convTranspose(Shape x, Conv conv) {
    noteShapes(conv.name(), conv.transposedWeightShape(), conv.out(), conv.bias());
    // The kernel equals the stride: every output sees one input.
    return note(
        conv.name(),
        weights(conv),
        conv.in(),
        Shape.of(x.size(0), conv.out(), x.size(2) * conv.stride(), x.size(3) * conv.stride()));
  }

  @Override
  public Shape linear(Shape x, Linear linear) {
    noteShapes(linear.name(), new long[] {linear.out(), linear.in()}, linear.out(), true);
    return note(
        linear.name(),
        (long) linear.in() * linear.out() + linear.out(),
        linear.in(),
        Shape.of(x.size(0), linear.out()));
  }

  @Override
  public Shape linearNorm(Shape x, LinearNorm layer) {
    noteShapes(layer.name(), layer.weightShape(), layer.out(), false);
    String norm = qualified(layer.norm().name());
    for (String part : NORM_WITH_STATISTICS) {
      boolean trains = NORM.contains(part);
      if (layer.affine() || !trains) {
        shapes.put(norm + part, new long[] {layer.out()});
      }
      if (!trains) {
        buffers.add(norm + part);
      }
    }
    return note(
        layer.name(),
        (long) layer.in() * layer.out() + (layer.affine() ? 2L * layer.out() : 0),
        layer.in(),
        Shape.of(x.size(0), layer.out()));
  }

  @Override
  public Shape relu(Shape x) {
    return x;
  }

  @Override
  public Shape join(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape maxPool(Shape x, int kernel, int stride, int padding) {
    return x.with(2, (x.size(2) + 2L * padding - kernel) / stride + 1)
        .with(3, (x.size(3) + 2L * padding - kernel) / stride + 1);
  }

  @Override
  public Shape averagePool(Shape x) {
    return Shape.of(x.size(0), x.size(1));
  }

  @Override
  public Shape upsample(Shape x, int height, int width) {
    return x.with(2, height).with(3, width);
  }

  @Override
  public Shape roiAlign(Shape features, Shape rois, Shape image, RoiAlign align) {
    return Shape.of(rois.size(0), features.size(1), align.size(), align.size());
  }

  /** Composed of its levels, every level would have to be ready for all regions. */
  @Override
  public Shape pyramidRoiAlign(
      List<Shape> levels, Shape rois, Shape image, PyramidPooling pooling, int size) {
    return Shape.of(rois.size(0), levels.get(0).size(1), size, size);
  }

  // ---- constants ----

  @Override
  public Shape constant(float[] values, long... shape) {
    return Shape.of(shape.length == 0 && values.length > 1 ? new long[] {values.length} : shape);
  }

  @Override
  public Shape constant(long[] values, long... shape) {
    return Shape.of(shape.length == 0 && values.length > 1 ? new long[] {values.length} : shape);
  }

  // ---- algebra ----

  @Override
  public Shape add(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape sub(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape mul(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape div(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape floorDiv(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape min(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape max(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape exp(Shape x) {
    return x;
  }

  @Override
  public Shape log(Shape x) {
    return x;
  }

  @Override
  public Shape sqrt(Shape x) {
    return x;
  }

  @Override
  public Shape floor(Shape x) {
    return x;
  }

  @Override
  public Shape sigmoid(Shape x) {
    return x;
  }

  @Override
  public Shape softmax(Shape x, int dim) {
    return x;
  }

  @Override
  public Shape reduceMax(Shape x, int dim) {
    List<Long> sizes = new ArrayList<>(x.sizes());
    sizes.remove(Math.floorMod(dim, sizes.size()));
    return new Shape(sizes, -1);
  }

  @Override
  public Shape reduceSum(Shape x, int dim) {
    return reduceMax(x, dim);
  }

  @Override
  public Shape toFloat(Shape x) {
    return x;
  }

  @Override
  public Shape toLong(Shape x) {
    return x;
  }

  @Override
  public Shape greater(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape greaterOrEqual(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape equal(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape and(Shape a, Shape b) {
    return broadcast(a, b);
  }

  @Override
  public Shape where(Shape condition, Shape ifTrue, Shape ifFalse) {
    return broadcast(condition, broadcast(ifTrue, ifFalse));
  }

  @Override
  public Shape reshape(Shape x, long... shape) {
    long known = 1;
    for (long size : shape) {
      known *= size == -1 ? 1 : size;
    }
    long[] sizes = shape.clone();
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = sizes[i] == -1 ? x.elements() / Math.max(1, known) : sizes[i];
    }
    return Shape.of(sizes);
  }

  @Override
  public Shape transpose(Shape x, int... order) {
    return new Shape(Arrays.stream(order).mapToObj(x.sizes()::get).toList(), -1);
  }

  @Override
  public Shape unsqueeze(Shape x, int dim) {
    List<Long> sizes = new ArrayList<>(x.sizes());
    sizes.add(dim, 1L);
    return new Shape(sizes, -1);
  }

  @Override
  public Shape concat(List<Shape> parts, int dim) {
    return parts.get(0).with(dim, parts.stream().mapToLong(part -> part.size(dim)).sum());
  }

  @Override
  public Shape slice(Shape x, int dim, long start, long end) {
    return x.with(dim, Math.min(end, x.size(dim)) - start);
  }

  @Override
  public Shape gather(Shape x, Shape indices) {
    List<Long> sizes = new ArrayList<>(indices.sizes());
    sizes.addAll(x.sizes().subList(1, x.sizes().size()));
    return new Shape(sizes, -1);
  }

  @Override
  public Shape scatter(Shape x, Shape indices, Shape updates) {
    return x;
  }

  @Override
  public Shape nonZero(Shape x) {
    return Shape.of(x.elements());
  }

  @Override
  public Shape size(Shape x, int dim) {
    return new Shape(List.of(), x.size(dim));
  }

  @Override
  public Shape range(Shape n) {
    if (n.value() < 0) {
      throw new IllegalArgumentException("range of a scalar that no size was read into");
    }
    return Shape.of(n.value());
  }

  @Override
  public TopK<Shape> topK(Shape x, int k) {
    Shape best = x.with(-1, k);
    return new TopK<>(best, best);
  }

  @Override
  public Shape nonMaxSuppression(
      Shape boxes, Shape scores, float iouThreshold, float scoreThreshold) {
    return Shape.of(scores.elements(), 3);
  }

  private static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.sizes().size(), b.sizes().size());
    long[] sizes = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long left = i <= a.sizes().size() ? a.size(-i) : 1;
      long right = i <= b.sizes().size() ? b.size(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException(
            "shapes %s and %s do not broadcast".formatted(a.sizes(), b.sizes()));
      }
      sizes[rank - i] = left == 1 ? right : left;
    }
    return Shape.of(sizes);
  }
}
