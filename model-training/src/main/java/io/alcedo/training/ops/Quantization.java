package io.alcedo.training.ops;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is computed with 8-bit integers and on which grids.
 *
 * @param activations the grid of each place where activations are quantized, by the names that
 *     {@link CalibratingOps} gives them
 * @param layers that are quantized, by the names of their parameters; all others stay float32
 * @param weightBits 7 or 8, see {@link Int8Weights}
 */
public record Quantization(Map<String, UInt8Grid> activations, Set<String> layers, int weightBits) {
  /** Everything stays float32. */
  public static final Quantization NONE = new Quantization(Map.of(), Set.of(), 8);

  public Quantization {
    if (weightBits != 7 && weightBits != 8) {
      throw new IllegalArgumentException(
          "weights of %d bits, expected 7 or 8".formatted(weightBits));
    }
    activations = Map.copyOf(activations);
    // In their order, so that what is printed and written of them is the same every time.
    layers = Collections.unmodifiableSet(new LinkedHashSet<>(layers));
  }

  /** The same with other layers quantized. */
  public Quantization withLayers(Set<String> others) {
    return new Quantization(activations, others, weightBits);
  }

  boolean covers(String layer) {
    return layers.contains(layer);
  }

  UInt8Grid grid(String place) {
    UInt8Grid grid = activations.get(place);
    if (grid == null) {
      throw new IllegalArgumentException(
          "no range of '%s' is known: calibration never came there".formatted(place));
    }
    return grid;
  }
}
