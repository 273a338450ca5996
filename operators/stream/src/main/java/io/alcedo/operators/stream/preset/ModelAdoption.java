package io.alcedo.operators.stream.preset;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.connectors.model.ModelManifest.Thresholds;
import io.alcedo.operators.stream.inference.BatchEngine;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.GraphTrial;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.operators.stream.inference.OnnxDetector;
import io.alcedo.operators.stream.inference.OutputValues;
import io.alcedo.operators.stream.inference.TensorForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes a model directory of an ONNX file that somebody else exported. The graph is looked at and
 * run, then the directory is opened as a job would open it; it appears whole or not at all.
 *
 * @param preset whose convention the graph follows
 * @param labels name of a list or a file of class names; null = the preset's
 * @param licence of the model, as its user says
 */
public record ModelAdoption(ModelPreset preset, String labels, String licence) {
  private static final int WARM_UP_BATCH = 2;

  /**
   * Adopts one file.
   *
   * @param file the ONNX model, which is copied unchanged
   * @param name of the model
   * @param directory that must not exist yet
   * @return what its manifest says
   * @throws InvalidInputException if the file is no model or does not fit the preset; the message
   *     lists what was found and what each preset expects
   */
  public ModelManifest adopt(Path file, String name, Path directory) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("model %s: there is no such file".formatted(file));
    }
    ModelManifest manifest = manifest(file, name);
    try {
      Path parent = Files.createDirectories(directory.toAbsolutePath().getParent());
      Path draft = Files.createDirectory(parent.resolve("." + name + "-" + System.nanoTime()));
      try {
        write(manifest, file, draft);
        open(draft, manifest.task());
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        delete(draft);
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written (%s)".formatted(directory, e), e);
    }
    return manifest;
  }

  private ModelManifest manifest(Path file, String name) {
    try (GraphTrial graph = GraphTrial.open(file)) {
      Input input =
          preset
              .convention()
              .input(graph.inputs())
              .orElseThrow(() -> misfit(file, graph, graph.outputs()));
      return graph.run(
          input,
          (values, canvas) -> {
            Outputs outputs =
                preset
                    .convention()
                    .outputs(values, input, canvas)
                    .orElseThrow(() -> misfit(file, graph, values.forms()));
            return manifest(file, name, input, outputs, values);
          });
    }
  }

  private InvalidInputException misfit(
      Path file, GraphTrial graph, Map<String, TensorForm> outputs) {
    return new InvalidInputException(
        "model %s: is no %s: found inputs %s and outputs %s (-1 = any size). %s."
            .formatted(file, preset.code(), graph.inputs(), outputs, ModelPreset.expectations()));
  }

  private ModelManifest manifest(
      Path file, String name, Input input, Outputs outputs, OutputValues values) {
    List<String> names = preset.convention().labels(labels, values, outputs);
    return new ModelManifest(
        1,
        name,
        preset.convention().task(),
        String.valueOf(file.getFileName()),
        ModelDirectory.sha256(file),
        input,
        outputs,
        names,
        Thresholds.DEFAULT,
        licence == null ? "unknown" : licence,
        Map.of("adopted", String.valueOf(file.getFileName()), "preset", preset.code()));
  }

  private static void write(ModelManifest manifest, Path file, Path directory) throws IOException {
    Files.copy(file, directory.resolve(manifest.file()));
    ModelDirectory.writeManifest(directory, manifest);
  }

  /** As a job opens it. */
  private static void open(Path directory, Task task) {
    ModelDirectory model = ModelDirectory.open(directory);
    EngineOptions options = new EngineOptions(Device.CPU, 0, true);
    int threads = Runtime.getRuntime().availableProcessors();
    try (BatchEngine<?> engine =
        task == Task.DETECTION
            ? OnnxDetector.open(model, options, threads, WARM_UP_BATCH)
            : OnnxClassifier.open(model, options, threads, WARM_UP_BATCH)) {
      engine.isBatched();
    }
  }

  private static void delete(Path draft) throws IOException {
    if (Files.exists(draft)) {
      try (Stream<Path> files = Files.list(draft)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(draft);
    }
  }
}
