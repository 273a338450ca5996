package io.alcedo.training.ops;

import static io.alcedo.training.ops.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;

/** The algebra of {@link Ops} as nodes of an ONNX graph. */
abstract class OnnxAlgebra extends ScopedOps<String> {
  final OnnxGraph graph;

  OnnxAlgebra(OnnxGraph graph) {
    this.graph = graph;
  }

  @Override
  public final String constant(float[] values, long... shape) {
    return graph.constant(values, shape);
  }

  @Override
  public final String constant(long[] values, long... shape) {
    return graph.constant(values, shape);
  }

  @Override
  public final String add(String a, String b) {
    return node("Add", a, b);
  }

  @Override
  public final String sub(String a, String b) {
    return node("Sub", a, b);
  }

  @Override
  public final String mul(String a, String b) {
    return node("Mul", a, b);
  }

  @Override
  public final String div(String a, String b) {
    return node("Div", a, b);
  }

  @Override
  public final String floorDiv(String a, String b) {
    return node("Div", a, b);
  }

  @Override
  public final String min(String a, String b) {
    return node("Min", a, b);
  }

  @Override
  public final String max(String a, String b) {
    return node("Max", a, b);
  }

  @Override
  public final String exp(String x) {
    return node("Exp", x);
  }

  @Override
  public final String log(String x) {
    return node("Log", x);
  }

  @Override
  public final String sqrt(String x) {
    return node("Sqrt", x);
  }

  @Override
  public final String floor(String x) {
    return node("Floor", x);
  }

  @Override
  public final String sigmoid(String x) {
    return node("Sigmoid", x);
  }

  @Override
  public final String softmax(String x, int dim) {
    return graph.node("Softmax", List.of(x), attribute("axis", (long) dim));
  }

  @Override
  public final String reduceMax(String x, int dim) {
    return graph.node(
        "ReduceMax", List.of(x), attribute("axes", new long[] {dim}), attribute("keepdims", 0L));
  }

  @Override
  public final String reduceSum(String x, int dim) {
    return graph.node("ReduceSum", List.of(x, vector(dim)), attribute("keepdims", 0L));
  }

  @Override
  public final String toFloat(String x) {
    return cast(x, DataType.FLOAT);
  }

  @Override
  public final String toLong(String x) {
    return cast(x, DataType.INT64);
  }

  private String cast(String x, DataType type) {
    return graph.node("Cast", List.of(x), attribute("to", (long) type.getNumber()));
  }

  @Override
  public final String greater(String a, String b) {
    return node("Greater", a, b);
  }

  @Override
  public final String greaterOrEqual(String a, String b) {
    return node("GreaterOrEqual", a, b);
  }

  @Override
  public final String equal(String a, String b) {
    return node("Equal", a, b);
  }

  @Override
  public final String and(String a, String b) {
    return node("And", a, b);
  }

  @Override
  public final String where(String condition, String ifTrue, String ifFalse) {
    return node("Where", condition, ifTrue, ifFalse);
  }

  @Override
  public final String reshape(String x, long... shape) {
    return node("Reshape", x, constant(shape, shape.length));
  }

  @Override
  public final String transpose(String x, int... order) {
    long[] perm = new long[order.length];
    for (int i = 0; i < order.length; i++) {
      perm[i] = order[i];
    }
    return graph.node("Transpose", List.of(x), attribute("perm", perm));
  }

  @Override
  public final String unsqueeze(String x, int dim) {
    return node("Unsqueeze", x, vector(dim));
  }

  @Override
  public final String concat(List<String> parts, int dim) {
    return graph.node("Concat", parts, attribute("axis", (long) dim));
  }

  @Override
  public final String slice(String x, int dim, long start, long end) {
    return node("Slice", x, vector(start), vector(end), vector(dim));
  }

  @Override
  public final String gather(String x, String indices) {
    return graph.node("Gather", List.of(x, indices), attribute("axis", 0L));
  }

  @Override
  public final String scatter(String x, String indices, String updates) {
    return graph.node("ScatterElements", List.of(x, indices, updates), attribute("axis", 0L));
  }

  @Override
  public final String nonZero(String x) {
    return node("Squeeze", node("NonZero", x), vector(0)); // [1, S] to [S]
  }

  @Override
  public final String size(String x, int dim) {
    String shape =
        graph.node("Shape", List.of(x), attribute("start", (long) dim), attribute("end", dim + 1L));
    return node("Squeeze", shape, vector(0));
  }

  @Override
  public final String range(String n) {
    return node("Range", constant(new long[] {0}), n, constant(new long[] {1}));
  }

  @Override
  public final TopK<String> topK(String x, int k) {
    String[] outputs = graph.nodes("TopK", List.of(x, vector(k)), 2, attribute("axis", -1L));
    return new TopK<>(outputs[0], outputs[1]);
  }

  @Override
  public final String nonMaxSuppression(
      String boxes, String scores, float iouThreshold, float scoreThreshold) {
    return node(
        "NonMaxSuppression",
        boxes,
        scores,
        vector(Integer.MAX_VALUE),
        constant(new float[] {iouThreshold}, 1),
        constant(new float[] {scoreThreshold}, 1));
  }

  final String node(String type, String... inputs) {
    return graph.node(type, List.of(inputs));
  }

  final String vector(long value) {
    return constant(new long[] {value}, 1);
  }
}
