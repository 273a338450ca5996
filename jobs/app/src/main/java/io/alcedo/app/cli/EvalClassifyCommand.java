package io.alcedo.app.cli;

import io.alcedo.app.evaluation.ClassifierEvaluation;
import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.ResizedCrop;
import io.alcedo.training.evaluation.ConfusionMatrix;
import io.alcedo.training.evaluation.plot.ConfusionChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
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

  /** How a picture comes onto the canvas. */
  enum View {
    SERVED,
    CENTRE
  }

  @Spec private CommandSpec spec;

  @Option(names = "--model", converter = ModelFolder.class, required = true, paramLabel = "DIR")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "Pictures; the folder in which one lies is its class.")
  private Path data;

  @Option(
      names = "--view",
      defaultValue = "served",
      description = {
        "served: as the manifest says, as in the stream. centre: the short side to 256 for 224 px,",
        "then the middle, as published figures are measured (${DEFAULT-VALUE})."
      })
  private View view;

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
            new ClassifierEvaluation(classifier, labels, view(directory.manifest()), batch)
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

  private UnaryOperator<Picture> view(ModelManifest manifest) {
    if (view == View.SERVED) {
      return picture -> picture;
    }
    int side = manifest.input().canvasWidth();
    if (side < 1 || side != manifest.input().canvasHeight()) {
      throw new InvalidInputException(
          "model %s: its canvas is %d x %d; --view centre needs a square"
              .formatted(model, side, manifest.input().canvasHeight()));
    }
    return new ResizedCrop(side)::plain;
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
