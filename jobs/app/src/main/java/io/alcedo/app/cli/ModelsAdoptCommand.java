package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.preset.ModelAdoption;
import io.alcedo.operators.stream.preset.ModelPreset;
import io.alcedo.training.pretrained.ModelImport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model that can be served of an ONNX file from elsewhere. */
@Command(
    name = "adopt",
    description = {
      "Take an ONNX file that another tool exported: writes a manifest beside a copy of it.",
      "The graph is checked against a preset and run once."
    })
final class ModelsAdoptCommand implements Callable<Integer> {
  /** Completes the help of --preset. */
  static final class Presets extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Presets() {
      super(ModelPreset.codes());
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The .onnx file.")
  private Path file;

  @Option(
      names = "--preset",
      required = true,
      paramLabel = "PRESET",
      completionCandidates = Presets.class,
      description = "How it takes pictures and gives results: ${COMPLETION-CANDIDATES}.")
  private String preset;

  @Option(
      names = "--labels",
      paramLabel = "LIST",
      description =
          "coco91, coco80 or a file with one class name a line (a detector's preset's own; a classifier's classes are numbered).")
  private String labels;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the model and its folder (the file's name).")
  private String name;

  @Option(names = "--licence", paramLabel = "TEXT", description = "Licence to note down.")
  private String licence;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/models",
      description = "Where models go (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() {
    String stem = file.getFileName().toString().replaceFirst("(?i)\\.onnx$", "");
    String chosen = name == null ? ModelImport.nameOf(Path.of(stem)) : name;
    Path directory = new ModelImport(output).directory(chosen);
    ModelManifest manifest =
        new ModelAdoption(preset(), labels, licence).adopt(file, chosen, directory);
    report(manifest, directory);
    return 0;
  }

  private ModelPreset preset() {
    try {
      return ModelPreset.ofCode(preset);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--" + e.getMessage(), e);
    }
  }

  private void report(ModelManifest manifest, Path directory) {
    PrintWriter out = spec.commandLine().getOut();
    boolean isDetector = manifest.task() == Task.DETECTION;
    out.printf(
        Locale.ROOT,
        "%s: %s, %s, %d classes%n",
        directory,
        manifest.version(),
        manifest.task(),
        manifest.labels().size() - (isDetector ? 1 : 0));
    out.printf(
        "Serve it: ./alcedo run --%s %s --video FILE%n",
        isDetector ? "model" : "classifier", directory);
    out.flush();
  }
}
