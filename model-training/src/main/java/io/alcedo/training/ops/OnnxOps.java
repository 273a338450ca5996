package io.alcedo.training.ops;

import static io.alcedo.training.ops.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a forward as an ONNX graph. Batch norms fold into their convolution. Layers that are
 * quantized are written between pairs of QuantizeLinear and DequantizeLinear, at the places of
 * {@link ActivationPlaces}.
 */
public final class OnnxOps extends OnnxAlgebra {
  private final Parameters parameters;
  private final QdqNodes qdq;
  private final ActivationPlaces<String> places;

  /** Writes everything in float32. */
  public OnnxOps(OnnxGraph graph, Parameters parameters) {
    this(graph, parameters, Quantization.NONE);
  }

  /** Writes what the quantization covers for 8-bit integers and the rest in float32. */
  public OnnxOps(OnnxGraph graph, Parameters parameters, Quantization quantization) {
    super(graph);
    this.parameters = parameters;
    this.qdq = new QdqNodes(graph, quantization);
    this.places = ActivationPlaces.ofNames(quantization::covers, qdq);
  }

  @Override
  public String conv(String x, Conv conv) {
    String name = qualified(conv.name());
    if (places.quantizes(name, x)) {
      return quantizedConv(x, name, LayerWeights.conv(parameters, name, conv), geometry(conv));
    }
    String weight =
        graph.weight(name + ".weight", parameters.values(name + ".weight"), conv.weightShape());
    List<String> inputs =
        conv.bias()
            ? List.of(
                x,
                weight,
                graph.weight(name + ".bias", parameters.values(name + ".bias"), conv.out()))
            : List.of(x, weight);
    return floatResult(name, graph.node("Conv", inputs, geometry(conv)));
  }

  @Override
  public String convNorm(String x, Conv conv, Norm norm) {
    if (norm.kind() == Norm.Kind.GROUP) {
      String normal = groupNorm(conv(x, conv), conv.out(), norm);
      return places.result(qualified(norm.name()), normal, false);
    }
    String name = qualified(conv.name());
    LayerWeights layer =
        LayerWeights.conv(parameters, name, conv)
            .folded(parameters, qualified(norm.name()), norm.eps());
    if (places.quantizes(name, x)) {
      return quantizedConv(x, name, layer, geometry(conv));
    }
    return floatResult(name, graph.node("Conv", inputs(x, name, layer), geometry(conv)));
  }

  private String floatResult(String name, String y) {
    return places.result(name, qdq.ofFloatLayer(y), false);
  }

  private String quantizedConv(
      String x, String name, LayerWeights layer, AttributeProto... geometry) {
    return places.result(name, graph.node("Conv", quantized(x, name, layer), geometry), true);
  }

  private List<String> inputs(String x, String name, LayerWeights layer) {
    return List.of(
        x,
        graph.weight(name + ".weight", layer.weight(), layer.shape()),
        graph.weight(name + ".bias", layer.bias(), layer.channels()));
  }

  private List<String> quantized(String x, String name, LayerWeights layer) {
    ActivationPlaces.Input<String> input = places.input(x);
    QdqNodes.Weights weights = qdq.weights(name, layer, input.place());
    return List.of(input.value(), weights.weight(), weights.bias());
  }

  /** Opset 17 has no GroupNormalization: instance norm over groups, then scale and shift. */
  private String groupNorm(String x, long channels, Norm norm) {
    String name = qualified(norm.name());
    int groups = norm.groups();
    float[] ones = new float[groups];
    Arrays.fill(ones, 1);
    String grouped = reshape(x, 0, groups, -1);
    String normal =
        graph.node(
            "InstanceNormalization",
            List.of(grouped, constant(ones, groups), constant(new float[groups], groups)),
            attribute("epsilon", (float) norm.eps()));
    String restored = node("Reshape", normal, node("Shape", x));
    String scale = constant(parameters.values(name + ".weight"), channels, 1, 1);
    String shift = constant(parameters.values(name + ".bias"), channels, 1, 1);
    return add(mul(restored, scale), shift);
  }

  @Override
  public String convTranspose(String x, Conv conv) {
    String name = qualified(conv.name());
    List<String> inputs =
        List.of(
            x,
            graph.weight(
                name + ".weight",
                parameters.values(name + ".weight"),
                conv.transposedWeightShape()),
            graph.weight(name + ".bias", parameters.values(name + ".bias"), conv.out()));
    return floatResult(name, graph.node("ConvTranspose", inputs, geometry(conv)));
  }

  /**
   * A batch norm of constants. The engine moves plain arithmetic behind transpositions, where it
   * works on triples of channels, ten times slower, but no norm.
   */
  @Override
  public String standardize(String x, float[] mean, float[] factor) {
    float[] ones = new float[mean.length];
    Arrays.fill(ones, 1);
    String zeros = constant(new float[mean.length], mean.length);
    return graph.node(
        "BatchNormalization",
        List.of(
            x,
            constant(factor, factor.length),
            zeros,
            constant(mean, mean.length),
            constant(ones, ones.length)),
        attribute("epsilon", 0f));
  }

  @Override
  public String linear(String x, Linear linear) {
    String name = qualified(linear.name());
    LayerWeights layer = LayerWeights.linear(parameters, name, linear);
    if (places.quantizes(name, x)) {
      // Integers give floats here; a grid for the result is written where another layer reads it.
      return places.result(name, gemm(quantized(x, name, layer)), false);
    }
    return floatResult(name, gemm(inputs(x, name, layer)));
  }

  private String gemm(List<String> inputs) {
    return graph.node("Gemm", inputs, attribute("transB", 1L));
  }

  /** The norm folds into the weight, as after a convolution. */
  @Override
  public String linearNorm(String x, LinearNorm layer) {
    String name = qualified(layer.name());
    String norm = qualified(layer.norm().name());
    float[] weight = parameters.values(name + ".weight").clone();
    float[] mean = parameters.values(norm + ".running_mean");
    float[] variance = parameters.values(norm + ".running_var");
    float[] scale = layer.affine() ? parameters.values(norm + ".weight") : null;
    float[] bias = layer.affine() ? parameters.values(norm + ".bias") : new float[layer.out()];
    for (int c = 0; c < layer.out(); c++) {
      double factor = (scale == null ? 1 : scale[c]) / Math.sqrt(variance[c] + layer.norm().eps());
      for (int i = c * layer.in(); i < (c + 1) * layer.in(); i++) {
        weight[i] = (float) (weight[i] * factor);
      }
      bias[c] = (float) (bias[c] - mean[c] * factor);
    }
    return graph.node(
        "Gemm",
        List.of(
            x,
            graph.weight(name + ".weight", weight, layer.weightShape()),
            graph.weight(name + ".bias", bias, layer.out())),
        attribute("transB", 1L));
  }

  @Override
  public String relu(String x) {
    return places.rectified(x, y -> qdq.behind(y, node("Relu", y)));
  }

  @Override
  public String join(String a, String b) {
    return places.joined(a, b, (left, right) -> node("Add", left, right));
  }

  @Override
  public String maxPool(String x, int kernel, int stride, int padding) {
    return places.moved(x, y -> qdq.behind(y, pool(y, kernel, stride, padding)));
  }

  private String pool(String x, int kernel, int stride, int padding) {
    return graph.node(
        "MaxPool",
        List.of(x),
        kernel(kernel),
        attribute("strides", new long[] {stride, stride}),
        attribute("pads", new long[] {padding, padding, padding, padding}));
  }

  @Override
  public String averagePool(String x) {
    return node("Flatten", node("GlobalAveragePool", x));
  }

  @Override
  public String upsample(String x, int height, int width) {
    return places.moved(x, y -> qdq.behind(y, resize(y, height, width)));
  }

  private String resize(String x, int height, int width) {
    String leading =
        graph.node("Shape", List.of(x), attribute("start", 0L), attribute("end", 2L)); // N, C
    String sizes = concat(List.of(leading, constant(new long[] {height, width}, 2)), 0);
    return graph.node(
        "Resize",
        List.of(x, "", "", sizes),
        attribute("mode", "nearest"),
        attribute("coordinate_transformation_mode", "asymmetric"),
        attribute("nearest_mode", "floor"));
  }

  @Override
  public String roiAlign(String features, String rois, String image, RoiAlign align) {
    return graph.node(
        "RoiAlign",
        List.of(features, rois, image),
        // From opset 16 on the default would be the aligned form, which the networks do not use.
        attribute("coordinate_transformation_mode", "output_half_pixel"),
        attribute("mode", "avg"),
        attribute("output_height", (long) align.size()),
        attribute("output_width", (long) align.size()),
        attribute("sampling_ratio", (long) align.samplingRatio()),
        attribute("spatial_scale", (float) align.scale()));
  }

  private static AttributeProto[] geometry(Conv conv) {
    long padding = conv.padding();
    return new AttributeProto[] {
      kernel(conv.kernel()),
      attribute("strides", new long[] {conv.stride(), conv.stride()}),
      attribute("pads", new long[] {padding, padding, padding, padding})
    };
  }

  private static AttributeProto kernel(int side) {
    return attribute("kernel_shape", new long[] {side, side});
  }
}
