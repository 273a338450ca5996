package io.alcedo.training.ops;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ONNX graph that grows node by node. Opset 17 and IR 8: ONNX Runtime's CPU has no RoiAlign of
 * opset 22, and below 16 RoiAlign has no coordinate transformation mode.
 */
public final class OnnxGraph {
  /** Version of the operators. */
  public static final int OPSET = 17;

  private static final int IR = 8;
  private static final String CONSTANT = "constant";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<ByteString, String> constants = new HashMap<>();
  private final Map<String, String> weights = new HashMap<>();
  private final boolean halfWeights;
  private int next;

  /**
   * Begins a graph.
   *
   * @param halfWeights store weights as float16, cast to float32 when the model is loaded
   */
  public OnnxGraph(String name, boolean halfWeights) {
    this.halfWeights = halfWeights;
    graph.setName(name);
  }

  /** Declares an input; a size of −1 is free and called N. */
  public String input(String name, TensorProto.DataType type, long... shape) {
    graph.addInput(value(name, type, "N", shape));
    return name;
  }

  /** Declares an output; a size of −1 is free and called M. */
  public void output(String name, String value, TensorProto.DataType type, long... shape) {
    graph.addNode(NodeProto.newBuilder().setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(value(name, type, "M", shape));
  }

  /** Adds a node with one output. */
  String node(String type, List<String> inputs, AttributeProto... attributes) {
    return nodes(type, inputs, 1, attributes)[0];
  }

  /** Adds a node with several outputs. */
  String[] nodes(String type, List<String> inputs, int outputs, AttributeProto... attributes) {
    String[] names = new String[outputs];
    String base = type.toLowerCase(java.util.Locale.ROOT) + "_" + next++;
    for (int i = 0; i < outputs; i++) {
      names[i] = outputs == 1 ? base : base + "_" + i;
    }
    graph.addNode(
        NodeProto.newBuilder()
            .setName(base)
            .setOpType(type)
            .addAllInput(inputs)
            .addAllOutput(Arrays.asList(names))
            .addAllAttribute(Arrays.asList(attributes)));
    return names;
  }

  /** A trained weight under its parameter's name. */
  String weight(String name, float[] values, long... shape) {
    // A head that runs on every pyramid level brings its weights once.
    return weights.computeIfAbsent(name, unused -> addWeight(name, values, shape));
  }

  private String addWeight(String name, float[] values, long... shape) {
    if (!halfWeights || values.length < 1024) {
      graph.addInitializer(tensor(name, TensorProto.DataType.FLOAT, floats(values), shape));
      return name;
    }
    ByteBuffer halves = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      halves.putShort(HalfFloat.of(value));
    }
    graph.addInitializer(
        tensor(name, TensorProto.DataType.FLOAT16, ByteString.copyFrom(halves.flip()), shape));
    return node("Cast", List.of(name), attribute("to", TensorProto.DataType.FLOAT.getNumber()));
  }

  /** Weights as int8, symmetric; the same values under one name are there once. */
  String weight(String name, byte[] values, long... shape) {
    return constant(name, TensorProto.DataType.INT8, ByteString.copyFrom(values), shape);
  }

  /** A bias as int32; the same values under one name are there once. */
  String weight(String name, int[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return constant(name, TensorProto.DataType.INT32, ByteString.copyFrom(bytes), shape);
  }

  String constant(float[] values, long... shape) {
    return constant(CONSTANT, TensorProto.DataType.FLOAT, floats(values), shape);
  }

  /** A uint8 scalar. */
  String constant(byte value) {
    return constant(CONSTANT, TensorProto.DataType.UINT8, ByteString.copyFrom(new byte[] {value}));
  }

  /** A vector of int8. */
  String constant(byte[] values, long... shape) {
    return constant(CONSTANT, TensorProto.DataType.INT8, ByteString.copyFrom(values), shape);
  }

  String constant(long[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(CONSTANT, TensorProto.DataType.INT64, ByteString.copyFrom(bytes), shape);
  }

  private String constant(String base, TensorProto.DataType type, ByteString bytes, long... shape) {
    ByteString key = tensor(base, type, bytes, shape).toByteString();
    return constants.computeIfAbsent(
        key,
        unused -> {
          String name = base + "_" + next++;
          graph.addInitializer(tensor(name, type, bytes, shape));
          return name;
        });
  }

  /** The finished model: what leads to an output, and nothing else. */
  public byte[] toBytes(String producerVersion) {
    removeUnused();
    return ModelProto.newBuilder()
        .setIrVersion(IR)
        .setProducerName("alcedo")
        .setProducerVersion(producerVersion)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  /**
   * Forwards that are quantized leave pairs behind that nobody reads, and the engine warns of
   * constants without a reader.
   */
  private void removeUnused() {
    Set<String> read = new HashSet<>();
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    List<NodeProto> kept = new ArrayList<>();
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = graph.getNode(i);
      if (node.getOutputList().stream().anyMatch(read::contains)) {
        read.addAll(node.getInputList());
        kept.add(node);
      }
    }
    Collections.reverse(kept);
    graph.clearNode().addAllNode(kept);
    List<TensorProto> stored =
        graph.getInitializerList().stream()
            .filter(tensor -> read.contains(tensor.getName()))
            .toList();
    graph.clearInitializer().addAllInitializer(stored);
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  static AttributeProto attribute(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  static AttributeProto attribute(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  private static TensorProto tensor(
      String name, TensorProto.DataType type, ByteString bytes, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(bytes);
    for (long side : shape) {
      tensor.addDims(side);
    }
    return tensor.build();
  }

  private static ByteString floats(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return ByteString.copyFrom(bytes);
  }

  private static ValueInfoProto value(
      String name, TensorProto.DataType type, String free, long... shape) {
    TensorShapeProto.Builder sides = TensorShapeProto.newBuilder();
    for (long side : shape) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      sides.addDim(side < 0 ? dimension.setDimParam(free) : dimension.setDimValue(side));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(sides)))
        .build();
  }
}
