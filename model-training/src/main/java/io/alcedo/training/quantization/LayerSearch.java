package io.alcedo.training.quantization;

import io.alcedo.training.ops.FakeQuantOps;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import io.alcedo.training.ops.TorchOps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Finds the layers that have to stay in float32. If all layers together lose more than they may,
 * each is quantized by itself to see what noise it adds, and the noisiest are given back, as few as
 * bring the loss below its limit.
 *
 * @param <A> an answer
 */
final class LayerSearch<A> {
  private static final int BATCH = 4;

  /** Pictures over which the noise of single layers is compared; more change no order. */
  private static final int NOISE_BATCHES = 2;

  private final QuantizationSubject<A> subject;
  private final Parameters parameters;
  private final List<List<CanvasPicture>> batches = new ArrayList<>();
  private final List<A> truth;

  /**
   * What was found.
   *
   * @param loss of this choice
   * @param fullLoss if all layers were quantized
   * @param float32 layers that stay in float32, noisiest first, with the noise of each if it alone
   *     is quantized: error ÷ deviation of the output that it disturbs most
   */
  record Choice(
      Quantization quantization, double loss, double fullLoss, Map<String, Double> float32) {}

  LayerSearch(QuantizationSubject<A> subject, Parameters parameters, List<CanvasPicture> pictures) {
    this.subject = subject;
    this.parameters = parameters;
    for (int first = 0; first < pictures.size(); first += BATCH) {
      batches.add(pictures.subList(first, Math.min(pictures.size(), first + BATCH)));
    }
    truth = answers(() -> new TorchOps(parameters, false));
  }

  /** Chooses among layers that are all quantized in what is given. */
  Choice choose(Quantization all, double largestLoss) {
    double fullLoss = loss(all);
    if (fullLoss <= largestLoss) {
      return new Choice(all, fullLoss, fullLoss, Map.of());
    }
    Map<String, Double> noise = noiseOfSingleLayers(all);
    List<String> noisiest =
        noise.keySet().stream()
            .sorted(Comparator.comparingDouble((String layer) -> noise.get(layer)).reversed())
            .toList();
    int kept = fewest(all, noisiest, largestLoss);
    Map<String, Double> float32 = new LinkedHashMap<>();
    noisiest.subList(0, kept).forEach(layer -> float32.put(layer, noise.get(layer)));
    Quantization chosen = without(all, noisiest.subList(0, kept));
    return new Choice(chosen, loss(chosen), fullLoss, float32);
  }

  /** Halves the interval: the loss falls, by and large, with every layer given back. */
  private int fewest(Quantization all, List<String> noisiest, double largestLoss) {
    int tooFew = 0;
    int enough = noisiest.size();
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) / 2;
      if (loss(without(all, noisiest.subList(0, middle))) <= largestLoss) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private static Quantization without(Quantization all, List<String> layers) {
    Set<String> left = new LinkedHashSet<>(all.layers());
    layers.forEach(left::remove);
    return all.withLayers(left);
  }

  /** Points that a quantization loses. */
  double loss(Quantization quantization) {
    return subject.loss(truth, answers(() -> new FakeQuantOps(parameters, quantization)));
  }

  private List<A> answers(Supplier<Ops<Tensor>> ops) {
    return batches.stream()
        .map(batch -> withoutGradients(() -> subject.answer(ops.get(), batch)))
        .toList();
  }

  Map<String, Double> noiseOfSingleLayers(Quantization all) {
    List<List<float[]>> clean = signals(() -> new TorchOps(parameters, false));
    Map<String, Double> noise = new LinkedHashMap<>();
    for (String layer : all.layers()) {
      Quantization alone = all.withLayers(Set.of(layer));
      noise.put(layer, noise(clean, signals(() -> new FakeQuantOps(parameters, alone))));
    }
    return noise;
  }

  private List<List<float[]>> signals(Supplier<Ops<Tensor>> ops) {
    List<List<float[]>> signals = new ArrayList<>();
    for (int i = 0; i < Math.min(NOISE_BATCHES, batches.size()); i++) {
      List<CanvasPicture> batch = batches.get(i);
      A answer = truth.get(i);
      signals.add(withoutGradients(() -> subject.signals(ops.get(), batch, answer)));
    }
    return signals;
  }

  private static double noise(List<List<float[]>> clean, List<List<float[]>> noisy) {
    double worst = 0;
    for (int kind = 0; kind < clean.get(0).size(); kind++) {
      SignalNoise noise = new SignalNoise();
      for (int i = 0; i < clean.size(); i++) {
        noise.add(clean.get(i).get(kind), noisy.get(i).get(kind));
      }
      worst = Math.max(worst, noise.overSignal());
    }
    return worst;
  }

  private static <R> R withoutGradients(Supplier<R> body) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return body.get();
    }
  }
}
