package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.BoxSpace;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.connectors.model.ModelManifest.Vector;
import java.nio.file.Path;
import java.util.List;

/** Whether a manifest describes a model that the inference stages can feed and read. */
final class ManifestCheck {
  private final ManifestFaults faults = new ManifestFaults();

  private ManifestCheck() {}

  /**
   * Checks every field that is used.
   *
   * @throws InvalidInputException listing all faults, with what was found and expected
   */
  static void check(ModelManifest manifest, Path file) {
    ManifestCheck check = new ManifestCheck();
    check.all(manifest);
    check.faults.throwIfAny(file);
  }

  private void all(ModelManifest manifest) {
    faults.expect("v", manifest.v(), manifest.v() == 1, "1");
    faults.text("name", manifest.name(), "a short name");
    Task task = manifest.task();
    faults.expect("task", task, task != null, "DETECTION, CLASSIFICATION or EMBEDDING");
    faults.expect(
        "file", manifest.file(), isFileName(manifest.file()), "a file name without a folder");
    String sha256 = manifest.sha256();
    boolean isDigest = sha256 != null && sha256.matches("[0-9a-fA-F]{64}");
    faults.expect("sha256", sha256, isDigest, "64 hex digits");
    labels(manifest.labels(), task);
    if (faults.block("input", manifest.input())) {
      new InputCheck(faults).check(manifest.input());
    }
    if (faults.block("outputs", manifest.outputs()) && task != null) {
      outputs(manifest);
    }
    if (faults.block("thresholds", manifest.thresholds())) {
      thresholds(manifest.thresholds());
    }
  }

  private void outputs(ModelManifest manifest) {
    switch (manifest.task()) {
      case DETECTION -> detector(manifest.outputs(), manifest);
      case CLASSIFICATION -> classifier(manifest.outputs());
      case EMBEDDING -> encoder(manifest.outputs().embedding());
    }
  }

  private void labels(List<String> labels, Task task) {
    if (task == Task.EMBEDDING) {
      faults.expect("labels", labels, labels != null && labels.isEmpty(), "[] of an encoder");
      return;
    }
    boolean isDetector = task == Task.DETECTION;
    boolean hasClass =
        labels != null && labels.size() >= 2 && labels.stream().allMatch(ManifestFaults::isText);
    faults.expect(
        "labels",
        labels,
        hasClass,
        isDetector ? "the background and at least one class" : "at least two classes");
  }

  private void detector(Outputs outputs, ModelManifest manifest) {
    faults.text("outputs.boxes", outputs.boxes(), "a graph output");
    faults.text("outputs.labels", outputs.labels(), "a graph output");
    faults.text("outputs.scores", outputs.scores(), "a graph output");
    MaskForm form = outputs.maskForm();
    faults.expect("outputs.maskForm", form, form != null, "NONE, PER_BOX or FULL_IMAGE");
    boolean fits = (form == MaskForm.NONE) == (outputs.masks() == null);
    faults.expect("outputs.masks", outputs.masks(), fits, "a graph output unless maskForm is NONE");
    boolean asItIs = manifest.input() != null && manifest.input().resize() == Resize.NONE;
    faults.expect(
        "outputs.boxSpace",
        outputs.boxSpace(),
        outputs.boxSpace() == BoxSpace.CANVAS || (outputs.boxSpace() != null && asItIs),
        "CANVAS, or ORIGINAL with input.resize NONE");
  }

  private void classifier(Outputs outputs) {
    boolean isOne = (outputs.logits() == null) != (outputs.scores() == null);
    faults.expect(
        "outputs.logits",
        outputs.logits(),
        isOne,
        "a graph output, or outputs.scores where it gives probabilities");
  }

  private void encoder(Vector vector) {
    if (faults.block("outputs.embedding", vector)) {
      faults.text("outputs.embedding.name", vector.name(), "a graph output");
      faults.text("outputs.embedding.layer", vector.layer(), "a layer of the network");
      int dimensions = vector.dimensions();
      boolean isSize = dimensions >= 1 && dimensions <= 4096;
      faults.expect("outputs.embedding.dimensions", dimensions, isSize, "1 to 4096");
    }
  }

  private void thresholds(Thresholds thresholds) {
    score("thresholds.wire", thresholds.wire());
    score("thresholds.mask", thresholds.mask());
    score("thresholds.display", thresholds.display());
    int most = thresholds.maxObjects();
    faults.expect("thresholds.maxObjects", most, most >= 1, "at least 1");
  }

  private void score(String key, double score) {
    faults.expect(key, score, score >= 0 && score <= 1, "0 to 1");
  }

  private static boolean isFileName(String name) {
    return ManifestFaults.isText(name)
        && Path.of(name).getNameCount() == 1
        && !name.startsWith(".");
  }
}
