package io.alcedo.app.cli;

import io.alcedo.app.evaluation.ClassifierEvaluation;
import io.alcedo.app.evaluation.ClassifierModel;
import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.PadCrop;
import io.alcedo.training.data.PictureView;
import io.alcedo.training.data.ResizedCrop;
import io.alcedo.training.evaluation.ConfusionMatrix;
import io.alcedo.training.evaluation.plot.ConfusionChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** How a picture comes onto the canvas. */
  enum View {
    STRETCH,
    CENTRE
  }

  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "DIR")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FOLDER|ZIP",
      description = "Pictures; the folder in which one lies is its class.")
  private Path data;

  @Option(
      names = "--view",
      defaultValue = "stretch",
      description = {
        "stretch: the whole picture, as in the stream; centre: its short side to 256 of 224 px,",
        "then the centre, as published figures are measured (${DEFAULT-VALUE})."
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
    try (ClassifierModel classifier = ClassifierModel.open(model, threads);
        ImageFolder pictures = ImageFolder.open(data, classifier.manifest().labels())) {
      String version = classifier.manifest().version();
      ConfusionMatrix matrix;
      try (StatusLine status = StatusLine.onStandardOutput()) {
        matrix =
            new ClassifierEvaluation(classifier, view(classifier.manifest().input()), batch)
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

  private PictureView view(Input input) {
    if (input.canvasWidth() != input.canvasHeight()) {
      throw new InvalidInputException(
          "model %s: its canvas is %d x %d, expected a square"
              .formatted(model, input.canvasWidth(), input.canvasHeight()));
    }
    int side = input.canvasWidth();
    return view == View.STRETCH ? new PadCrop(side, 0) : new ResizedCrop(side);
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
