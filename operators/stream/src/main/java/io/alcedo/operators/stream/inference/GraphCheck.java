package io.alcedo.operators.stream.inference;

import static io.alcedo.operators.stream.inference.TensorForm.ANY;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a graph's inputs and outputs are those of its manifest, and how many pictures it takes.
 *
 * @param manifest checked
 */
record GraphCheck(ModelManifest manifest, Map<String, TensorForm> inputs) {
  private static final Set<OnnxJavaType> WHOLE_NUMBERS =
      Set.of(OnnxJavaType.INT64, OnnxJavaType.INT32);

  /**
   * Compares.
   *
   * @throws InvalidInputException listing what was found and what was expected
   */
  static GraphCheck of(ModelManifest manifest, OrtSession session, Object where)
      throws OrtException {
    GraphCheck check = new GraphCheck(manifest, TensorForm.of(session.getInputInfo()));
    Map<String, TensorForm> outputs = TensorForm.of(session.getOutputInfo());
    Map<String, TensorForm> wantedInputs = check.wantedInputs();
    if (!wantedInputs.keySet().equals(check.inputs.keySet())
        || !check.inputFits()
        || !fit(wantedInputs, check.inputs)) {
      throw refusal(where, "input", check.inputs, wantedInputs);
    }
    if (!fit(check.wantedOutputs(), outputs)) {
      throw refusal(where, "output", outputs, check.wantedOutputs());
    }
    return check;
  }

  private static InvalidInputException refusal(
      Object where, String what, Map<String, TensorForm> found, Map<String, TensorForm> expected) {
    return new InvalidInputException(
        "model %s: its %ss do not match the manifest: found %s, expected %s (-1 = any size)"
            .formatted(where, what, new TreeMap<>(found), expected));
  }

  /** Whether several pictures can go in at once. */
  boolean isBatched() {
    boolean tellsWhose =
        manifest.task() != Task.DETECTION || manifest.outputs().batchIndex() != null;
    return tellsWhose && new InputWriter(manifest.input()).isFixed() && isBatchOpen();
  }

  private boolean isBatchOpen() {
    return manifest.input().layout() != Layout.CHW && picture().shape().get(0) == ANY;
  }

  private TensorForm picture() {
    return inputs.get(manifest.input().name());
  }

  /**
   * One picture or any number; where pictures decide about the canvas, the graph leaves it open.
   */
  private boolean inputFits() {
    Input input = manifest.input();
    TensorForm found = picture();
    if (found == null || found.rank() != (input.layout() == Layout.CHW ? 3 : 4)) {
      return false;
    }
    boolean takesOne = input.layout() == Layout.CHW || found.shape().get(0) == 1 || isBatchOpen();
    int rows = input.layout() == Layout.CHW || input.layout() == Layout.NHWC ? 1 : 2;
    boolean open = found.shape().get(rows) == ANY && found.shape().get(rows + 1) == ANY;
    return takesOne && (open || new InputWriter(input).isFixed());
  }

  private Map<String, TensorForm> wantedInputs() {
    Input input = manifest.input();
    InputWriter writer = new InputWriter(input);
    long width = writer.isFixed() ? input.canvasWidth() : ANY;
    long height = writer.isFixed() ? input.canvasHeight() : ANY;
    long[] shape =
        switch (input.layout()) {
          case NHWC -> new long[] {ANY, height, width, 3};
          case NCHW -> new long[] {ANY, 3, height, width};
          case CHW -> new long[] {3, height, width};
        };
    Map<String, TensorForm> wanted = new LinkedHashMap<>();
    wanted.put(input.name(), TensorForm.of(writer.type(), shape));
    if (input.sizesName() != null) {
      wanted.put(input.sizesName(), TensorForm.of(OnnxJavaType.FLOAT, ANY, 4));
    }
    return wanted;
  }

  private Map<String, TensorForm> wantedOutputs() {
    Outputs outputs = manifest.outputs();
    Map<String, TensorForm> wanted = new LinkedHashMap<>();
    if (manifest.task() == Task.CLASSIFICATION) {
      String scores = outputs.logits() == null ? outputs.scores() : outputs.logits();
      wanted.put(scores, TensorForm.of(OnnxJavaType.FLOAT, ANY, manifest.labels().size()));
      return wanted;
    }
    if (manifest.task() == Task.EMBEDDING) {
      long dimensions = outputs.embedding().dimensions();
      wanted.put(outputs.embedding().name(), TensorForm.of(OnnxJavaType.FLOAT, ANY, dimensions));
      return wanted;
    }
    wanted.put(outputs.boxes(), TensorForm.of(OnnxJavaType.FLOAT, ANY, 4));
    wanted.put(outputs.labels(), TensorForm.of(OnnxJavaType.INT64, ANY));
    wanted.put(outputs.scores(), TensorForm.of(OnnxJavaType.FLOAT, ANY));
    if (outputs.batchIndex() != null) {
      wanted.put(outputs.batchIndex(), TensorForm.of(OnnxJavaType.INT64, ANY));
    }
    if (outputs.maskForm() == MaskForm.PER_BOX || outputs.maskForm() == MaskForm.FULL_IMAGE) {
      wanted.put(outputs.masks(), TensorForm.of(OnnxJavaType.FLOAT, ANY, ANY, ANY));
    }
    return wanted;
  }

  private static boolean fit(Map<String, TensorForm> wanted, Map<String, TensorForm> found) {
    return wanted.entrySet().stream()
        .allMatch(entry -> fits(entry.getValue(), found.get(entry.getKey())));
  }

  private static boolean fits(TensorForm wanted, TensorForm found) {
    if (found == null || found.type() == null) {
      return false;
    }
    boolean sameType =
        found.type() == wanted.type()
            || (WHOLE_NUMBERS.contains(found.type()) && WHOLE_NUMBERS.contains(wanted.type()));
    boolean unknownRank = found.rank() == 0;
    return sameType && (unknownRank || wanted.fits(found) || wanted.fits(withoutOne(found)));
  }

  /** Masks [M, 1, H, W] are masks [M, H, W]. */
  private static TensorForm withoutOne(TensorForm found) {
    List<Long> shape = found.shape();
    return found.rank() == 4 && (shape.get(1) == 1 || shape.get(1) == ANY)
        ? new TensorForm(found.type(), List.of(shape.get(0), shape.get(2), shape.get(3)))
        : found;
  }
}
