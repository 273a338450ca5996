package io.alcedo.operators.stream.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The inputs and outputs that a detector's graph must have, from its manifest. */
final class GraphSignature {
  private static final long ANY = -1;

  /** Type and shape of one value, whose first size must be dynamic; -1 = any size. */
  private record Value(OnnxJavaType type, long... shape) {
    boolean accepts(NodeInfo node) {
      if (!(node.getInfo() instanceof TensorInfo found)
          || found.type != type
          || found.getShape().length != shape.length) {
        return false;
      }
      for (int i = 0; i < shape.length; i++) {
        long size = found.getShape()[i];
        if (i == 0 ? size != ANY : size != ANY && shape[i] != ANY && size != shape[i]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return type + text(shape);
    }
  }

  private GraphSignature() {}

  /**
   * Compares.
   *
   * @throws InvalidInputException listing what was found and what was expected
   */
  static void check(ModelManifest manifest, OrtSession session, Object where) throws OrtException {
    compare("input", inputs(manifest.input()), session.getInputInfo(), true, where);
    compare("output", outputs(manifest.outputs()), session.getOutputInfo(), false, where);
  }

  private static Map<String, Value> inputs(ModelManifest.Input input) {
    Map<String, Value> expected = new LinkedHashMap<>();
    expected.put(
        input.name(),
        new Value(OnnxJavaType.UINT8, ANY, input.canvasHeight(), input.canvasWidth(), 3));
    expected.put(input.sizesName(), new Value(OnnxJavaType.FLOAT, ANY, 4));
    return expected;
  }

  private static Map<String, Value> outputs(ModelManifest.Outputs outputs) {
    Map<String, Value> expected = new LinkedHashMap<>();
    expected.put(outputs.boxes(), new Value(OnnxJavaType.FLOAT, ANY, 4));
    expected.put(outputs.labels(), new Value(OnnxJavaType.INT64, ANY));
    expected.put(outputs.scores(), new Value(OnnxJavaType.FLOAT, ANY));
    expected.put(outputs.batchIndex(), new Value(OnnxJavaType.INT64, ANY));
    if (outputs.masks() != null) {
      expected.put(outputs.masks(), new Value(OnnxJavaType.FLOAT, ANY, ANY, ANY));
    }
    return expected;
  }

  private static void compare(
      String what,
      Map<String, Value> expected,
      Map<String, NodeInfo> found,
      boolean noOthers,
      Object where) {
    boolean fits = !noOthers || found.size() == expected.size();
    for (Map.Entry<String, Value> value : expected.entrySet()) {
      NodeInfo node = found.get(value.getKey());
      fits &= node != null && value.getValue().accepts(node);
    }
    if (!fits) {
      throw new InvalidInputException(
          "model %s: its %ss do not match the manifest: found %s, expected %s (-1 = any size)"
              .formatted(where, what, describe(found), expected));
    }
  }

  private static String describe(Map<String, NodeInfo> nodes) {
    return new TreeMap<>(nodes)
        .entrySet().stream()
            .map(node -> node.getKey() + "=" + describe(node.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String describe(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? tensor.type + text(tensor.getShape())
        : node.getInfo().getClass().getSimpleName();
  }

  private static String text(long[] shape) {
    return Arrays.toString(shape).replace(" ", "");
  }
}
