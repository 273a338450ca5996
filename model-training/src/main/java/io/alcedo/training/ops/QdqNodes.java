package io.alcedo.training.ops;

import static io.alcedo.training.ops.OnnxGraph.attribute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes what is quantized into a graph: pairs of QuantizeLinear and DequantizeLinear round a value
 * to its grid and say so, and an engine fuses the float layers between them into integer kernels.
 */
final class QdqNodes implements ActivationPlaces.Quantizer<String> {
  private final OnnxGraph graph;
  private final Quantization quantization;
  private final Set<String> inFloat = new HashSet<>();

  QdqNodes(OnnxGraph graph, Quantization quantization) {
    this.graph = graph;
    this.quantization = quantization;
  }

  /** Weight and bias as a layer's node reads them. */
  record Weights(String weight, String bias) {}

  /** Notes that a layer in float32 gave this value. */
  String ofFloatLayer(String value) {
    inFloat.add(value);
    return value;
  }

  /**
   * Notes the result of a rectifier, a pool or the like of a value, as far as ORT looks through.
   */
  String behind(String source, String value) {
    return inFloat.contains(source) ? ofFloatLayer(value) : value;
  }

  @Override
  public String quantize(String place, String x) {
    UInt8Grid grid = quantization.grid(place);
    String scale = graph.constant(new float[] {grid.scale()});
    String zeroPoint = graph.constant((byte) grid.zeroPoint());
    String source = inFloat.contains(x) ? kept(x) : x;
    String quantized = graph.node("QuantizeLinear", List.of(source, scale, zeroPoint));
    return graph.node("DequantizeLinear", List.of(quantized, scale, zeroPoint));
  }

  /**
   * ONNX Runtime makes a layer in float32 whose input and result are on grids one of integers, with
   * one scale for all its weights (its transformer WeightBiasQuantization). Anything between the
   * layer and QuantizeLinear keeps it from that; the maximum with the lowest number changes
   * nothing.
   */
  private String kept(String x) {
    return graph.node("Max", List.of(x, graph.constant(new float[] {-Float.MAX_VALUE})));
  }

  /** The kernels of pools and of resizing are fused only with a pair on either side. */
  @Override
  public String keep(String place, String x) {
    return quantize(place, x);
  }

  /** Stores a layer's weights as int8 and its bias as int32 on the scale of its input. */
  Weights weights(String layer, LayerWeights weights, String inputPlace) {
    float inputScale = quantization.grid(inputPlace).scale();
    Int8Weights rounded = Int8Weights.of(weights, inputScale, quantization.weightBits());
    int channels = weights.channels();
    String weight =
        dequantized(
            graph.weight(layer + ".weight", rounded.weight(), weights.shape()),
            graph.constant(rounded.scales(), channels),
            graph.weight(layer + ".zero_point", new byte[channels], channels));
    String bias =
        dequantized(
            graph.weight(layer + ".bias", rounded.bias(), channels),
            graph.constant(rounded.biasScales(), channels));
    return new Weights(weight, bias);
  }

  private String dequantized(String... inputs) {
    return graph.node("DequantizeLinear", List.of(inputs), attribute("axis", 0L));
  }
}
