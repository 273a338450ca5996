package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.BoxSpace;
import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether a manifest describes a detector that this stage can feed and read. */
final class ManifestCheck {
  private final List<String> faults = new ArrayList<>();

  private ManifestCheck() {}

  /**
   * Checks every field that is used.
   *
   * @throws InvalidInputException listing all faults, with what was found and expected
   */
  static void check(ModelManifest manifest, Path file) {
    ManifestCheck check = new ManifestCheck();
    check.all(manifest);
    if (!check.faults.isEmpty()) {
      throw new InvalidInputException(file + ": " + String.join("; ", check.faults));
    }
  }

  private void all(ModelManifest manifest) {
    expect("v", manifest.v(), manifest.v() == 1, "1");
    expect("name", manifest.name(), isText(manifest.name()), "a short name");
    expect("task", manifest.task(), manifest.task() == Task.DETECTION, "DETECTION");
    expect("file", manifest.file(), isFileName(manifest.file()), "a file name without a folder");
    String sha256 = manifest.sha256();
    boolean isDigest = sha256 != null && sha256.matches("[0-9a-fA-F]{64}");
    expect("sha256", sha256, isDigest, "64 hex digits");
    List<String> labels = manifest.labels();
    boolean hasClass = labels != null && labels.size() >= 2;
    expect("labels", labels, hasClass, "the background and at least one class");
    if (expect("input", null, manifest.input() != null, "a block of keys")) {
      input(manifest.input());
    }
    if (expect("outputs", null, manifest.outputs() != null, "a block of keys")) {
      outputs(manifest.outputs());
    }
    if (expect("thresholds", null, manifest.thresholds() != null, "a block of keys")) {
      thresholds(manifest.thresholds());
    }
  }

  private void input(Input input) {
    expect("input.name", input.name(), isText(input.name()), "a graph input");
    expect("input.sizesName", input.sizesName(), isText(input.sizesName()), "a graph input");
    expect("input.layout", input.layout(), input.layout() == Layout.NHWC, "NHWC");
    expect("input.type", input.type(), input.type() == NumberType.UINT8, "UINT8");
    boolean isRgb = input.colorOrder() == ColorOrder.RGB;
    expect("input.colorOrder", input.colorOrder(), isRgb, "RGB");
    expect("input.resize", input.resize(), input.resize() == Resize.LETTERBOX, "LETTERBOX");
    side("input.canvasWidth", input.canvasWidth());
    side("input.canvasHeight", input.canvasHeight());
  }

  private void side(String key, int side) {
    expect(key, side, side >= 1 && side <= 4096, "1 to 4096 px");
  }

  private void outputs(Outputs outputs) {
    expect("outputs.boxes", outputs.boxes(), isText(outputs.boxes()), "a graph output");
    expect("outputs.labels", outputs.labels(), isText(outputs.labels()), "a graph output");
    expect("outputs.scores", outputs.scores(), isText(outputs.scores()), "a graph output");
    String index = outputs.batchIndex();
    expect("outputs.batchIndex", index, isText(index), "a graph output");
    MaskForm form = outputs.maskForm();
    boolean isKnown = form == MaskForm.NONE || form == MaskForm.PER_BOX;
    expect("outputs.maskForm", form, isKnown, "NONE or PER_BOX");
    boolean fits = (form == MaskForm.NONE) == (outputs.masks() == null);
    expect("outputs.masks", outputs.masks(), fits, "a graph output if maskForm is PER_BOX");
    boolean isCanvas = outputs.boxSpace() == BoxSpace.CANVAS;
    expect("outputs.boxSpace", outputs.boxSpace(), isCanvas, "CANVAS");
  }

  private void thresholds(Thresholds thresholds) {
    score("thresholds.wire", thresholds.wire());
    score("thresholds.mask", thresholds.mask());
    score("thresholds.display", thresholds.display());
    int most = thresholds.maxObjects();
    expect("thresholds.maxObjects", most, most >= 1, "at least 1");
  }

  private void score(String key, double score) {
    expect(key, score, score >= 0 && score <= 1, "0 to 1");
  }

  private boolean expect(String key, Object found, boolean holds, String expected) {
    if (!holds) {
      faults.add("%s is %s, expected %s".formatted(key, found, expected));
    }
    return holds;
  }

  private static boolean isText(String text) {
    return text != null && !text.isBlank();
  }

  private static boolean isFileName(String name) {
    return isText(name) && Path.of(name).getNameCount() == 1 && !name.startsWith(".");
  }
}
