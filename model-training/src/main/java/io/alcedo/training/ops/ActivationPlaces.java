package io.alcedo.training.ops;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Decides where a forward's activations are quantized and what these places are called; the same
 * for every interpreter, so that ranges that one has seen are the ranges that another writes.
 *
 * <p>What a quantized layer gives is quantized at once, and whoever reads it, layer or algebra,
 * reads the quantized value: one reader of the raw value would keep the layer in float32. A
 * rectifier alone looks behind: it takes the raw value, and its result is quantized instead, so
 * that convolution and rectifier stay one kernel.
 *
 * <p>Places are named after the layer that fills them: {@code layer1.0.conv1}, {@code
 * layer1.0.conv1.relu} behind its rectifier, {@code layer1.0.conv2+} behind the join that adds to
 * it. What comes out of algebra is called after its first reader, {@code conv1.input}. A layer that
 * runs on several inputs fills one place.
 *
 * @param <T> a value
 */
final class ActivationPlaces<T> {
  private final Map<T, Place<T>> places;
  private final Predicate<String> quantizes;
  private final Quantizer<T> quantizer;

  /** What is done to a value at a place. */
  interface Quantizer<T> {
    /** Rounds to the place's grid. */
    T quantize(String place, T x);

    /** Says of values that were moved only that they are on the place's grid still. */
    T keep(String place, T x);
  }

  /** What a quantized layer reads, and the place whose grid it is on. */
  record Input<T>(String place, T value) {}

  /** Where a value that readers see comes from. */
  private static final class Place<T> {
    final String name;
    final T raw;
    final boolean quantized;
    T onGrid;

    Place(String name, T raw, boolean quantized, T onGrid) {
      this.name = name;
      this.raw = raw;
      this.quantized = quantized;
      this.onGrid = onGrid;
    }
  }

  private ActivationPlaces(
      Map<T, Place<T>> places, Predicate<String> quantizes, Quantizer<T> quantizer) {
    this.places = places;
    this.quantizes = quantizes;
    this.quantizer = quantizer;
  }

  /**
   * Begins a forward whose values are names.
   *
   * @param quantizes whether a layer is quantized, by name
   */
  static ActivationPlaces<String> ofNames(
      Predicate<String> quantizes, Quantizer<String> quantizer) {
    return new ActivationPlaces<>(new HashMap<>(), quantizes, quantizer);
  }

  /**
   * Begins a forward whose values are objects.
   *
   * @param quantizes whether a layer is quantized, by name
   */
  static <T> ActivationPlaces<T> ofObjects(Predicate<String> quantizes, Quantizer<T> quantizer) {
    return new ActivationPlaces<>(new IdentityHashMap<>(), quantizes, quantizer);
  }

  /** Whether a layer is quantized; gives x, which it reads, a name either way. */
  boolean quantizes(String layer, T x) {
    places.computeIfAbsent(x, value -> new Place<>(layer + ".input", value, false, null));
    return quantizes.test(layer);
  }

  /** What a quantized layer reads instead of x. */
  Input<T> input(T x) {
    Place<T> place = places.get(x);
    if (place.onGrid == null) {
      place.onGrid = quantizer.quantize(place.name, x);
    }
    return new Input<>(place.name, place.onGrid);
  }

  /**
   * What readers get of a layer's result.
   *
   * @param quantized whether it goes to the grid at once
   */
  T result(String name, T raw, boolean quantized) {
    T seen = quantized ? quantizer.quantize(name, raw) : raw;
    places.put(seen, new Place<>(name, raw, quantized, quantized ? seen : null));
    return seen;
  }

  /** The result of a rectifier, which reads the value behind x. */
  T rectified(T x, UnaryOperator<T> relu) {
    Place<T> place = places.get(x);
    return place == null
        ? relu.apply(x)
        : result(place.name + ".relu", relu.apply(place.raw), place.quantized);
  }

  /** The result of an operation that moves or picks values and makes no new ones. */
  T moved(T x, UnaryOperator<T> move) {
    T y = move.apply(x);
    Place<T> from = places.get(x);
    if (from == null) {
      return y;
    }
    T seen = from.quantized ? quantizer.keep(from.name, y) : y;
    places.put(seen, new Place<>(from.name, seen, from.quantized, from.quantized ? seen : null));
    return seen;
  }

  /** A sum of two values; quantized if both are on a grid. */
  T joined(T a, T b, BinaryOperator<T> add) {
    Place<T> left = places.get(a);
    Place<T> right = places.get(b);
    if (left == null) {
      return add.apply(a, b);
    }
    boolean both = left.onGrid != null && right != null && right.onGrid != null;
    T sum = both ? add.apply(left.onGrid, right.onGrid) : add.apply(a, b);
    return result(left.name + "+", sum, both);
  }
}
