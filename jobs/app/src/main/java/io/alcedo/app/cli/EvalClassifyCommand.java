package io.alcedo.app.cli;

import io.alcedo.app.evaluation.ClassifierEvaluation;
import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.evaluation.ConfusionMatrix;
import io.alcedo.training.evaluation.plot.ConfusionChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a classifier over labelled pictures. */
@Command(
    name = "classify",
    description = "Top-1, top-5 and confusions of a classifier over pictures in folders or a zip.")
final class EvalClassifyCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec private CommandSpec spec;

  @Option(names = "--model", converter = ModelFolder.class, required = true, paramLabel = "DIR")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "Pictures; the folder in which one lies is its class.")
  private Path data;

  @Option(names = "--batch", defaultValue = "32", description = "${DEFAULT-VALUE}")
  private int batch;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--plots", paramLabel = "DIR", description = "Receives confusion.png.")
  private Path plots;

  @Override
  public Integer call() throws IOException {
    if (batch < 1) {
      throw new InvalidInputException("--batch must be 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    ModelDirectory directory = ModelDirectory.open(model);
    String version = directory.manifest().version();
    List<String> labels = directory.manifest().labels();
    EngineOptions options = new EngineOptions(Device.AUTO, threads, true);
    try (OnnxClassifier classifier = OnnxClassifier.open(directory, options, threads, batch);
        ImageFolder pictures = ImageFolder.open(data, labels)) {
      ConfusionMatrix matrix;
      try (StatusLine status = StatusLine.onStandardOutput()) {
        matrix =
            new ClassifierEvaluation(classifier, labels, batch)
                .run(
                    pictures,
                    done -> status.show("%d of %d pictures".formatted(done, pictures.size())));
      }
      report(out, version, matrix);
      if (plots != null) {
        Files.createDirectories(plots);
        Path png = plots.resolve("confusion.png");
        ConfusionChart.write("%s on %s".formatted(version, data.getFileName()), matrix, png);
        out.printf("  %s%n", png);
      }
    }
    out.flush();
    return 0;
  }

  private static void report(PrintWriter out, String version, ConfusionMatrix matrix) {
    out.printf(
        Locale.ROOT,
        "%s: top-1 %.4f  top-5 %.4f  (%d pictures, %d classes)%n",
        version,
        matrix.top(1),
        matrix.top(5),
        matrix.total(),
        matrix.labels().size());
    matrix.confusions().stream()
        .limit(SHOWN)
        .forEach(
            confusion ->
                out.printf(
                    "  %s taken for %s: %d of %d%n",
                    confusion.truth(),
                    confusion.answer(),
                    confusion.count(),
                    matrix.total(matrix.labels().indexOf(confusion.truth()))));
  }
}
