package io.alcedo.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a checkpoint's pickle holds: the state dict, which is the whole object or under one of the
 * names that training scripts use, and the numbers and texts beside it (epoch, arch, …). Optimizer
 * states and the like are left alone.
 */
record TorchState(Map<String, String> metadata, Map<String, TensorView> tensors) {
  private static final List<String> NAMES =
      List.of("state_dict", "model_state_dict", "model", "net", "weights");
  private static final int LONGEST_TEXT = 1000;

  static TorchState of(Object object) throws RefusedException {
    if (!(object instanceof Map<?, ?> root)) {
      throw new RefusedException(
          "holds no dictionary of tensors. Save model.state_dict(), not the model itself.");
    }
    for (String name : NAMES) {
      if (root.get(name) instanceof Map<?, ?> state && tensorsOf(state).isPresent()) {
        return new TorchState(metadata(root), tensorsOf(state).get());
      }
    }
    Map<String, TensorView> tensors =
        tensorsOf(root)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "has no tensors in itself or under %s; it has %s. Save model.state_dict()."
                            .formatted(String.join(", ", NAMES), keys(root))));
    return new TorchState(metadata(root), tensors);
  }

  private static Optional<Map<String, TensorView>> tensorsOf(Map<?, ?> map)
      throws RefusedException {
    Map<String, TensorView> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getValue() instanceof TensorView view) {
        tensors.put(PickleReader.expect(String.class, entry.getKey()), view);
      }
    }
    return tensors.isEmpty() ? Optional.empty() : Optional.of(tensors);
  }

  private static Map<String, String> metadata(Map<?, ?> root) {
    Map<String, String> texts = new LinkedHashMap<>();
    root.forEach(
        (key, value) -> {
          boolean scalar =
              value instanceof String || value instanceof Number || value instanceof Boolean;
          if (key instanceof String name && scalar && value.toString().length() <= LONGEST_TEXT) {
            texts.put(name, value.toString());
          }
        });
    return texts;
  }

  private static String keys(Map<?, ?> root) {
    return root.isEmpty()
        ? "nothing"
        : RefusedException.printable(
            String.join(", ", root.keySet().stream().limit(10).map(String::valueOf).toList()));
  }
}
