package io.alcedo.training.checkpoint;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.ops.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a checkpoint under the names that networks here use: without the prefixes of
 * wrappers, without BatchNorm's counters, with torchvision's names of today.
 *
 * @param tensors in the file's order
 * @param prefix what was taken off every name, or empty
 * @param dropped names in the file that are not kept: counters, and what lies beside the prefix,
 *     such as MoCo's key encoder and queue
 * @param renamed new names by old ones, prefix aside
 */
public record StateDict(
    Map<String, StoredTensor> tensors,
    String prefix,
    List<String> dropped,
    Map<String, String> renamed) {
  private static final String COUNTER = "num_batches_tracked";

  /**
   * Of the encoder that a training wrapper holds: MoCo v1 and v2, MoCo v3; with and without
   * DistributedDataParallel. What lies beside it is not wanted.
   */
  private static final List<String> ENCODERS =
      List.of("module.encoder_q.", "module.base_encoder.", "encoder_q.", "base_encoder.");

  /** Of DataParallel; all names have it or none. */
  private static final String PARALLEL = "module.";

  /** torchvision before 0.13, and its published COCO detectors. */
  private static final Map<Pattern, String> OLD_NAMES =
      Map.of(
          Pattern.compile("((?:.*\\.)?fpn\\.(?:inner|layer)_blocks\\.\\d+)\\.(weight|bias)"),
          "$1.0.$2",
          Pattern.compile("((?:.*\\.)?rpn\\.head\\.conv)\\.(weight|bias)"),
          "$1.0.0.$2");

  private static final Pattern OLD_MASK =
      Pattern.compile("((?:.*\\.)?mask_head)\\.mask_fcn([1-9])\\.(weight|bias)");

  /**
   * Cleans the names of a checkpoint.
   *
   * @throws InvalidInputException if two tensors would get one name
   */
  public static StateDict clean(Map<String, StoredTensor> tensors) {
    String prefix = prefix(tensors);
    Map<String, StoredTensor> kept = new LinkedHashMap<>();
    List<String> dropped = new ArrayList<>();
    Map<String, String> renamed = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (!name.startsWith(prefix) || name.endsWith(COUNTER)) {
            dropped.add(name);
            return;
          }
          String old = name.substring(prefix.length());
          String now = today(old);
          if (!now.equals(old)) {
            renamed.put(old, now);
          }
          if (kept.put(now, tensor) != null) {
            throw new InvalidInputException(
                "two tensors are named '%s' once old names are replaced. Remove one from the checkpoint."
                    .formatted(RefusedException.printable(now)));
          }
        });
    return new StateDict(kept, prefix, dropped, renamed);
  }

  private static String prefix(Map<String, StoredTensor> tensors) {
    for (String encoder : ENCODERS) {
      if (tensors.keySet().stream().anyMatch(name -> name.startsWith(encoder))) {
        return encoder;
      }
    }
    boolean parallel =
        !tensors.isEmpty() && tensors.keySet().stream().allMatch(name -> name.startsWith(PARALLEL));
    return parallel ? PARALLEL : "";
  }

  /** Whether it was the encoder of a training wrapper, whose head tells no classes. */
  public boolean isOfEncoder() {
    return ENCODERS.contains(prefix);
  }

  private static String today(String name) {
    Matcher mask = OLD_MASK.matcher(name);
    if (mask.matches()) {
      int layer = Integer.parseInt(mask.group(2)) - 1;
      return "%s.%d.0.%s".formatted(mask.group(1), layer, mask.group(3));
    }
    for (Map.Entry<Pattern, String> rule : OLD_NAMES.entrySet()) {
      Matcher matcher = rule.getKey().matcher(name);
      if (matcher.matches()) {
        return matcher.replaceFirst(rule.getValue());
      }
    }
    return name;
  }

  /** Copies all into a network's parameters; running statistics become buffers, the rest trains. */
  public void copyInto(Parameters parameters) {
    tensors.forEach(
        (name, tensor) -> {
          if (name.endsWith(".running_mean") || name.endsWith(".running_var")) {
            parameters.putBuffer(name, tensor.floats(), tensor.shape());
          } else {
            parameters.putTrainable(name, tensor.floats(), tensor.shape());
          }
        });
  }

  /**
   * How the tensors differ from what a network needs.
   *
   * @param missing needed, and not there
   * @param unexpected there, and not needed
   * @param misshapen there in another shape, with both shapes
   */
  public record Difference(
      List<String> missing, List<String> unexpected, Map<String, String> misshapen) {
    public boolean isEmpty() {
      return missing.isEmpty() && unexpected.isEmpty() && misshapen.isEmpty();
    }

    /** One line: counts, and the first names of each kind. */
    public String summary() {
      List<String> parts = new ArrayList<>();
      describe("missing", missing, parts);
      describe("unexpected", unexpected, parts);
      List<String> shapes =
          misshapen.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList();
      describe("of another shape", shapes, parts);
      return String.join("; ", parts);
    }

    private static void describe(String what, List<String> names, List<String> into) {
      if (!names.isEmpty()) {
        List<String> first =
            names.stream().limit(MOST_NAMES).map(RefusedException::printable).toList();
        into.add(
            "%d %s (%s%s)"
                .formatted(
                    names.size(),
                    what,
                    String.join(", ", first),
                    names.size() > MOST_NAMES ? ", …" : ""));
      }
    }

    private static final int MOST_NAMES = 4;
  }

  /**
   * Compares with what a network needs.
   *
   * @param expected shape by name; −1 is any size
   */
  public Difference compare(Map<String, long[]> expected) {
    List<String> missing = new ArrayList<>();
    Map<String, String> misshapen = new TreeMap<>();
    expected.forEach(
        (name, shape) -> {
          StoredTensor tensor = tensors.get(name);
          if (tensor == null) {
            missing.add(name);
          } else if (!matches(tensor.shape(), shape)) {
            misshapen.put(
                name,
                "%s instead of %s"
                    .formatted(Arrays.toString(tensor.shape()), Arrays.toString(shape)));
          }
        });
    List<String> unexpected =
        tensors.keySet().stream().filter(name -> !expected.containsKey(name)).toList();
    return new Difference(missing, unexpected, misshapen);
  }

  private static boolean matches(long[] actual, long[] expected) {
    if (actual.length != expected.length) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      if (expected[i] >= 0 && expected[i] != actual[i]) {
        return false;
      }
    }
    return true;
  }
}
