package io.alcedo.operators.stream.preset;

import ai.onnxruntime.OnnxJavaType;
import io.alcedo.operators.stream.inference.TensorForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which output is which, by its usual name or, since exporters number theirs, by type and shape.
 *
 * @param outputs of a run
 */
record Roles(Map<String, TensorForm> outputs) {

  /** The output of a role: the one that has its name, or else the only one that could be it. */
  Optional<String> find(String name, Predicate<TensorForm> condition) {
    List<String> candidates =
        outputs.keySet().stream().filter(output -> condition.test(outputs.get(output))).toList();
    if (candidates.contains(name)) {
      return Optional.of(name);
    }
    return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
  }

  /** Float [N, 4]. */
  static boolean isBoxes(TensorForm form) {
    return isFloat(form) && form.rank() == 2 && form.shape().get(1) == 4;
  }

  /** Whole numbers [N]. */
  static boolean isLabels(TensorForm form) {
    boolean isWhole = form.type() == OnnxJavaType.INT64 || form.type() == OnnxJavaType.INT32;
    return isWhole && form.rank() == 1;
  }

  /** Float [N]. */
  static boolean isScores(TensorForm form) {
    return isFloat(form) && form.rank() == 1;
  }

  /** Float [N, 1, H, W] or [N, H, W]. */
  static boolean isMasks(TensorForm form) {
    return isFloat(form) && (form.rank() == 3 || (form.rank() == 4 && form.shape().get(1) == 1));
  }

  /** Float [N, classes]. */
  static boolean isClasses(TensorForm form) {
    return isFloat(form) && form.rank() == 2 && form.shape().get(1) >= 2;
  }

  private static boolean isFloat(TensorForm form) {
    return form.type() == OnnxJavaType.FLOAT;
  }
}
