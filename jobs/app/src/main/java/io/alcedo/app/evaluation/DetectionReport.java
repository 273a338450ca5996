package io.alcedo.app.evaluation;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.evaluation.AreaRange;
import io.alcedo.training.evaluation.AveragePrecision;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Result;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.CocoEvaluation;
import io.alcedo.training.evaluation.CocoMetric;
import io.alcedo.training.evaluation.CocoSummary;
import io.alcedo.training.evaluation.DetectionError;
import io.alcedo.training.evaluation.DetectionError.Kind;
import io.alcedo.training.evaluation.DetectionErrors;
import io.alcedo.training.evaluation.plot.ErrorMontage;
import io.alcedo.training.evaluation.plot.PrecisionRecallChart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints how well a detector finds what is there, class by class, and draws it.
 *
 * @param out where figures go
 * @param threshold score from which precision, recall and mistakes count a detection
 * @param plots folder for pictures, or null
 */
public record DetectionReport(PrintWriter out, double threshold, Path plots) {

  /**
   * Results over one source of pictures.
   *
   * @param name of the source
   * @param classes what was found and what is there, by class
   * @param masks whether masks can be compared
   * @param pictures in the order of the images, or null: then no mistakes are drawn
   */
  public record Source(
      String name, Map<String, List<Image>> classes, boolean masks, DetectionDataset pictures) {}

  /** Prints one source, and draws it if there is a folder for that. */
  public void write(Source source) {
    int images = source.classes().values().iterator().next().size();
    out.printf("%n%s, %d pictures%n", source.name(), images);
    out.printf("  %-24s %7s", "", "objects");
    for (CocoMetric metric : CocoMetric.values()) {
      out.printf(" %6s", metric.symbol());
    }
    out.printf(" %6s %6s%n", "prec", "rec");
    writeShape(source, Shape.BOX, "boxes");
    if (source.masks()) {
      writeShape(source, Shape.MASK, "masks");
    }
    out.printf(
        Locale.ROOT,
        "  prec, rec: at IoU 0.50, of detections with score %.2f or more%n",
        threshold);
    List<DetectionError> errors = DetectionErrors.of(source.classes(), threshold);
    writeErrors(errors);
    if (plots != null) {
      draw(source, errors);
    }
    out.flush();
  }

  private void writeShape(Source source, Shape shape, String what) {
    Map<String, CocoSummary> summaries = new LinkedHashMap<>();
    source
        .classes()
        .forEach((label, images) -> summaries.put(label, CocoEvaluation.of(images, shape)));
    if (summaries.size() > 1) {
      writeRow(what + ", mean of classes", CocoSummary.mean(summaries.values()));
      out.println();
    }
    AveragePrecision setting = new AveragePrecision(shape, 0.5, AreaRange.ALL, 100);
    summaries.forEach(
        (label, summary) -> {
          writeRow(what + ", " + label, summary);
          Result shown = setting.evaluate(source.classes().get(label), threshold);
          out.println(cell(shown.precision()) + cell(shown.recall()));
        });
  }

  private void writeRow(String name, CocoSummary summary) {
    out.printf("  %-24s %7d", name, summary.truths());
    for (CocoMetric metric : CocoMetric.values()) {
      out.print(cell(summary.get(metric)));
    }
  }

  private static String cell(double value) {
    return Double.isNaN(value) ? "      -" : String.format(Locale.ROOT, " %6.3f", value);
  }

  private void writeErrors(List<DetectionError> errors) {
    String counts =
        Arrays.stream(Kind.values())
            .map(kind -> kind.text() + " " + errors.stream().filter(e -> e.kind() == kind).count())
            .collect(Collectors.joining(", "));
    out.printf(Locale.ROOT, "  mistakes among those (boxes): %s%n", counts);
  }

  private void draw(Source source, List<DetectionError> errors) {
    String file = source.name().replaceAll("[^A-Za-z0-9]+", "-").toLowerCase(Locale.ROOT);
    Path curves = plots.resolve(file + "-curves.png");
    Path montage = plots.resolve(file + "-mistakes.png");
    try {
      Files.createDirectories(plots);
      PrecisionRecallChart.write(source.name(), source.classes(), source.masks(), curves);
      out.printf("  %s%n", curves);
      if (source.pictures() != null
          && ErrorMontage.write(source.name(), source.pictures(), errors, montage)) {
        out.printf("  %s%n", montage);
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written (%s)".formatted(plots, e), e);
    }
  }
}
