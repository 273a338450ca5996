package io.alcedo.training.ops;

import static io.alcedo.training.ops.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;

/**
 * Writes a forward as an ONNX graph. Batch norms fold into their convolution: w' = w·γ ÷ √(σ² + ε),
 * b' = β − μ·γ ÷ √(σ² + ε).
 */
public final class OnnxOps extends OnnxAlgebra {
  private final Parameters parameters;

  public OnnxOps(OnnxGraph graph, Parameters parameters) {
    super(graph);
    this.parameters = parameters;
  }

  @Override
  public String conv(String x, Conv conv) {
    String name = qualified(conv.name());
    String weight =
        graph.weight(name + ".weight", parameters.values(name + ".weight"), conv.weightShape());
    List<String> inputs =
        conv.bias()
            ? List.of(
                x,
                weight,
                graph.weight(name + ".bias", parameters.values(name + ".bias"), conv.out()))
            : List.of(x, weight);
    return graph.node("Conv", inputs, geometry(conv));
  }

  @Override
  public String convNorm(String x, Conv conv, Norm norm) {
    if (norm.kind() == Norm.Kind.GROUP) {
      return groupNorm(conv(x, conv), conv.out(), norm);
    }
    String convName = qualified(conv.name());
    String normName = qualified(norm.name());
    float[] weight = parameters.values(convName + ".weight").clone();
    float[] bias = conv.bias() ? parameters.values(convName + ".bias") : new float[conv.out()];
    float[] scale = parameters.values(normName + ".weight");
    float[] shift = parameters.values(normName + ".bias");
    float[] mean = parameters.values(normName + ".running_mean");
    float[] variance = parameters.values(normName + ".running_var");
    int filter = weight.length / conv.out();
    for (int c = 0; c < conv.out(); c++) {
      double factor = scale[c] / Math.sqrt(variance[c] + norm.eps());
      for (int i = c * filter; i < (c + 1) * filter; i++) {
        weight[i] = (float) (weight[i] * factor);
      }
      bias[c] = (float) (shift[c] + (bias[c] - mean[c]) * factor);
    }
    return graph.node(
        "Conv",
        List.of(
            x,
            graph.weight(convName + ".weight", weight, conv.weightShape()),
            graph.weight(convName + ".bias", bias, conv.out())),
        geometry(conv));
  }

  /** Opset 17 has no GroupNormalization: instance norm over groups, then scale and shift. */
  private String groupNorm(String x, long channels, Norm norm) {
    String name = qualified(norm.name());
    int groups = norm.groups();
    float[] ones = new float[groups];
    java.util.Arrays.fill(ones, 1);
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
    return graph.node(
        "ConvTranspose",
        List.of(
            x,
            graph.weight(
                name + ".weight",
                parameters.values(name + ".weight"),
                conv.transposedWeightShape()),
            graph.weight(name + ".bias", parameters.values(name + ".bias"), conv.out())),
        geometry(conv));
  }

  @Override
  public String linear(String x, Linear linear) {
    String name = qualified(linear.name());
    return graph.node(
        "Gemm",
        List.of(
            x,
            graph.weight(
                name + ".weight", parameters.values(name + ".weight"), linear.out(), linear.in()),
            graph.weight(name + ".bias", parameters.values(name + ".bias"), linear.out())),
        attribute("transB", 1L));
  }

  @Override
  public String relu(String x) {
    return node("Relu", x);
  }

  @Override
  public String join(String a, String b) {
    return node("Add", a, b);
  }

  @Override
  public String maxPool(String x, int kernel, int stride, int padding) {
    return graph.node(
        "MaxPool",
        List.of(x),
        attribute("kernel_shape", new long[] {kernel, kernel}),
        attribute("strides", new long[] {stride, stride}),
        attribute("pads", new long[] {padding, padding, padding, padding}));
  }

  @Override
  public String averagePool(String x) {
    return node("Flatten", node("GlobalAveragePool", x));
  }

  @Override
  public String upsample(String x, int height, int width) {
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
      attribute("kernel_shape", new long[] {conv.kernel(), conv.kernel()}),
      attribute("strides", new long[] {conv.stride(), conv.stride()}),
      attribute("pads", new long[] {padding, padding, padding, padding})
    };
  }
}
