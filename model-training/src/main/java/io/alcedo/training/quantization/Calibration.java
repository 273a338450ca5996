package io.alcedo.training.quantization;

import io.alcedo.training.ops.CalibratingOps;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.UInt8Grid;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Collects the ranges of a network's activations over pictures like those it will see. */
public final class Calibration {
  private final Parameters parameters;
  private final Map<String, Histogram> places = new LinkedHashMap<>();
  private final Map<String, Long> layers = new LinkedHashMap<>();

  public Calibration(Parameters parameters) {
    this.parameters = parameters;
  }

  /** Runs a forward over some pictures. */
  public void observe(Consumer<Ops<Tensor>> forward) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      forward.accept(new CalibratingOps(parameters, this::add, this::addLayer));
    }
  }

  private void add(String place, Tensor values) {
    places.computeIfAbsent(place, unused -> new Histogram()).add(Tensors.floats(values));
  }

  private void addLayer(String layer, long values) {
    layers.merge(layer, values, Long::sum);
  }

  /** Layers whose ranges are known, in the order in which they run. */
  public Set<String> layers() {
    return where(values -> values > 0);
  }

  /** Layers that had nothing to do, as the heads of a detector that finds nothing. */
  public Set<String> idleLayers() {
    return where(values -> values == 0);
  }

  private Set<String> where(LongPredicate values) {
    return layers.keySet().stream()
        .filter(layer -> values.test(layers.get(layer)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** All layers whose ranges are known quantized, on the grids that an estimator takes of them. */
  public Quantization quantization(RangeEstimator estimator, int weightBits) {
    Map<String, UInt8Grid> grids = new LinkedHashMap<>();
    places.forEach((place, seen) -> grids.put(place, estimator.grid(seen)));
    return new Quantization(grids, layers(), weightBits);
  }
}
