package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.model.ModelExport;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes an 8-bit model of weights: ranges from pictures, layers that lose too much left in float32,
 * the graph, and the whole story in the manifest.
 *
 * @param export of the same network in float32
 * @param calibration pictures like those that the model will see
 */
public record QuantizedExport(
    ModelExport export, CalibrationPictures calibration, Int8Options options) {
  private static final int BATCH = 4;

  /** Pictures on which layers are judged; all of them give the ranges. */
  private static final int JUDGED = 48;

  /**
   * Writes {@code model.onnx} and {@code manifest.json}.
   *
   * @param weights a safetensors file
   * @param out is told what was found
   * @throws InvalidInputException if weights or pictures cannot be used
   */
  public ModelManifest write(Path weights, Path output, PrintWriter out) throws IOException {
    NetworkSpec network = export.network();
    try (Parameters parameters = network.load(weights)) {
      return network.detector() != null
          ? write(new DetectorSubject(new RegionCnn(network.detector())), parameters, output, out)
          : write(new ClassifierSubject(network.classifier()), parameters, output, out);
    }
  }

  private <A> ModelManifest write(
      QuantizationSubject<A> subject, Parameters parameters, Path output, PrintWriter out)
      throws IOException {
    List<CanvasPicture> pictures = calibration.read(subject::place);
    out.printf("%d pictures go through the network in float32%n", pictures.size());
    out.flush();
    Calibration seen = calibrate(subject, parameters, pictures);
    Quantization all = seen.quantization(options.ranges(), options.weightBits());
    List<CanvasPicture> judged = spread(pictures);
    out.printf("%d of them with %d layers rounded%n", judged.size(), all.layers().size());
    out.flush();
    LayerSearch.Choice choice =
        new LayerSearch<>(subject, parameters, judged).choose(all, options.largestLoss());
    Map<String, String> facts = facts(seen, choice, pictures.size());
    facts.forEach((name, fact) -> out.printf("%s: %s%n", name, fact));
    return export.with(facts).write(parameters, choice.quantization(), output);
  }

  private <A> Calibration calibrate(
      QuantizationSubject<A> subject, Parameters parameters, List<CanvasPicture> pictures) {
    Calibration seen = new Calibration(parameters);
    for (int first = 0; first < pictures.size(); first += BATCH) {
      List<CanvasPicture> batch = pictures.subList(first, Math.min(pictures.size(), first + BATCH));
      seen.observe(ops -> subject.answer(ops, batch));
    }
    return seen;
  }

  private static List<CanvasPicture> spread(List<CanvasPicture> pictures) {
    int count = Math.min(JUDGED, pictures.size());
    List<CanvasPicture> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(pictures.get((int) ((long) i * pictures.size() / count)));
    }
    return chosen;
  }

  private Map<String, String> facts(Calibration seen, LayerSearch.Choice choice, int pictures) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("precision", "int8, weights of %d bits".formatted(options.weightBits()));
    facts.put("calibration", calibration.text(pictures) + ", ranges by " + options.ranges());
    facts.put(
        "int8Layers",
        "%d of %d"
            .formatted(
                choice.quantization().layers().size(),
                seen.layers().size() + seen.idleLayers().size()));
    facts.put("int8Loss", points(choice.loss()));
    if (!seen.idleLayers().isEmpty()) {
      facts.put("float32ForWantOfObjects", String.join(", ", seen.idleLayers()));
    }
    if (!choice.float32().isEmpty()) {
      facts.put("int8LossOfAllLayers", points(choice.fullLoss()));
      facts.put("float32Layers", withNoise(choice.float32()));
    }
    return facts;
  }

  private static String points(double loss) {
    return String.format(Locale.ROOT, "%.2f points", 100 * loss);
  }

  private static String withNoise(Map<String, Double> layers) {
    return layers.entrySet().stream()
        .map(layer -> String.format(Locale.ROOT, "%s %.4f", layer.getKey(), layer.getValue()))
        .collect(Collectors.joining(", "));
  }
}
