package io.alcedo.training.pretrained;

import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.StateDict.Difference;
import io.alcedo.training.checkpoint.StoredTensor;
import io.alcedo.training.model.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A network by its published name; the number of classes is a checkpoint's own.
 *
 * @param name as torchvision has it
 * @param description a line for people
 * @param network of so many classes, a detector's background included
 * @param counted parameter whose first size is that number
 * @param head prefix of names that come after the trunk and are free: another classifier, a
 *     projector, or none; empty where nothing is free
 */
public record Architecture(
    String name,
    String description,
    IntFunction<NetworkSpec> network,
    String counted,
    String head) {
  /** What every classifier has at least. */
  static final int LEAST_CLASSES = 2;

  /** The network that a checkpoint is of, head and all; empty if it has another head or none. */
  public Optional<NetworkSpec> network(StateDict state) {
    StoredTensor tensor = state.tensors().get(counted);
    if (tensor == null || tensor.shape().length == 0 || tensor.shape()[0] < LEAST_CLASSES) {
      return Optional.empty();
    }
    NetworkSpec spec = network.apply(Math.toIntExact(tensor.shape()[0]));
    Difference difference = state.compare(spec.cost().parameterShapes());
    return difference.isEmpty() ? Optional.of(spec) : Optional.empty();
  }

  /** What a checkpoint lacks or has too much for this network; its free head does not count. */
  public Difference difference(StateDict state) {
    StoredTensor tensor = state.tensors().get(counted);
    boolean counts = tensor != null && tensor.shape().length > 0;
    long classes = counts ? tensor.shape()[0] : LEAST_CLASSES;
    int some = (int) Math.max(LEAST_CLASSES, Math.min(classes, 1 << 20));
    Map<String, long[]> expected =
        new LinkedHashMap<>(network.apply(some).cost().parameterShapes());
    expected.keySet().removeIf(this::isHead);
    Map<String, StoredTensor> trunk = new LinkedHashMap<>(state.tensors());
    trunk.keySet().removeIf(this::isHead);
    return new StateDict(trunk, "", List.of(), new TreeMap<>()).compare(expected);
  }

  private boolean isHead(String parameter) {
    return !head.isEmpty() && parameter.startsWith(head);
  }
}
