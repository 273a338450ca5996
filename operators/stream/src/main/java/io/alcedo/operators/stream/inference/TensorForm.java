package io.alcedo.operators.stream.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Type and shape of a graph's input or output.
 *
 * @param type null where it is no tensor
 * @param shape {@value #ANY} = any size; empty also where a graph does not tell the rank
 */
public record TensorForm(OnnxJavaType type, List<Long> shape) {
  /** A size that the graph leaves open. */
  public static final long ANY = -1;

  static TensorForm of(OnnxJavaType type, long... shape) {
    return new TensorForm(type, Arrays.stream(shape).boxed().toList());
  }

  static TensorForm of(ValueInfo info) {
    return info instanceof TensorInfo tensor
        ? of(tensor.type, tensor.getShape())
        : new TensorForm(null, List.of());
  }

  /** A graph's inputs or outputs in its order. */
  static Map<String, TensorForm> of(Map<String, NodeInfo> nodes) {
    Map<String, TensorForm> forms = new LinkedHashMap<>();
    nodes.forEach((name, node) -> forms.put(name, of(node.getInfo())));
    return forms;
  }

  /** Number of dimensions. */
  public int rank() {
    return shape.size();
  }

  /** Whether sizes are the same, as far as both tell them. */
  boolean fits(TensorForm other) {
    if (rank() != other.rank()) {
      return false;
    }
    for (int i = 0; i < rank(); i++) {
      long mine = shape.get(i);
      long theirs = other.shape.get(i);
      if (mine != ANY && theirs != ANY && mine != theirs) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return type == null
        ? "no tensor"
        : type + shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
