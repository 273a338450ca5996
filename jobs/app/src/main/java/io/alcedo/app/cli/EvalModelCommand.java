package io.alcedo.app.cli;

import io.alcedo.app.evaluation.DetectionReport;
import io.alcedo.app.evaluation.ModelEvaluation;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.train.DataConfig;
import io.alcedo.training.train.EvaluationConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a detector over labelled pictures. */
@Command(
    name = "model",
    description = {
      "COCO's figures of a detector over labelled pictures, in the engine that serves it.",
      "AP, AP50, AP75 and small, medium, large; AR with 1, 10, 100 detections and by size."
    })
final class EvalModelCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description = "Default: the bundled detector.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "YAML with a list of labelled sources, as in a training's 'data'.")
  private Path data;

  @Option(names = "--label", description = "Only this class (all of the model's).")
  private String label;

  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      description = "Score from which precision, recall and mistakes count (${DEFAULT-VALUE}).")
  private double threshold;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Receives precision-recall curves and the worst mistakes of each source, PNG.")
  private Path plots;

  @Override
  public Integer call() {
    EvaluationConfig config = YamlReader.read(data, EvaluationConfig.class);
    Path base = data.toAbsolutePath().getParent();
    ModelDirectory directory = ModelDirectory.open(BundledModel.orDefault(model));
    PrintWriter out = spec.commandLine().getOut();
    DetectionReport report = new DetectionReport(out, threshold, plots);
    try (ModelEvaluation evaluation = new ModelEvaluation(directory, threads)) {
      List<String> classes = wanted(evaluation.classes());
      out.println(directory.manifest().version());
      for (DataConfig source : config.data()) {
        DetectionDataset pictures = source.open(base, evaluation.classes());
        Map<String, List<Image>> looked = evaluation.look(pictures, classes);
        boolean masks = evaluation.hasMasks() && haveMasks(looked);
        report.write(new DetectionReport.Source(source.name(), looked, masks, pictures));
      }
    }
    return 0;
  }

  private List<String> wanted(List<String> classes) {
    if (label == null) {
      return classes;
    }
    if (!classes.contains(label)) {
      throw new InvalidInputException(
          "--label is '%s', the model knows %s".formatted(label, classes));
    }
    return List.of(label);
  }

  private static boolean haveMasks(Map<String, List<Image>> classes) {
    return classes.values().stream()
        .flatMap(List::stream)
        .flatMap(image -> image.truths().stream())
        .allMatch(truth -> truth.mask() != null);
  }
}
