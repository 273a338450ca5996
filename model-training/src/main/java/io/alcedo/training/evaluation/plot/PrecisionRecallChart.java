package io.alcedo.training.evaluation.plot;

import io.alcedo.training.evaluation.AreaRange;
import io.alcedo.training.evaluation.AveragePrecision;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Shape;
import io.alcedo.training.evaluation.PrecisionRecall;
import java.awt.Color;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Precision over recall as COCO draws it: the mean of all classes at several overlaps and, if there
 * are several classes, each of the most frequent ones at 0.5. Boxes left, masks right.
 */
public final class PrecisionRecallChart {
  private static final double[] OVERLAPS = {0.5, 0.6, 0.75, 0.9};
  private static final int MOST_CLASSES = 10;
  private static final double[] RECALLS = recalls();

  private PrecisionRecallChart() {}

  private static double[] recalls() {
    double[] recalls = new double[PrecisionRecall.RECALLS];
    Arrays.setAll(recalls, i -> i / (recalls.length - 1.0));
    return recalls;
  }

  /**
   * Writes the picture.
   *
   * @param title of what was looked at
   * @param classes what was found and what is there, by class
   * @param masks whether masks are drawn too
   */
  public static void write(String title, Map<String, List<Image>> classes, boolean masks, Path png)
      throws IOException {
    List<Shape> shapes = masks ? List.of(Shape.BOX, Shape.MASK) : List.of(Shape.BOX);
    List<XYChart> charts = new ArrayList<>();
    for (Shape shape : shapes) {
      charts.add(overlaps(title, classes, shape));
    }
    if (classes.size() > 1) {
      for (Shape shape : shapes) {
        charts.add(byClass(title, classes, shape));
      }
    }
    int columns = shapes.size();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(png))) {
      BitmapEncoder.saveBitmap(charts, charts.size() / columns, columns, out, BitmapFormat.PNG);
    }
  }

  private static XYChart overlaps(String title, Map<String, List<Image>> classes, Shape shape) {
    XYChart chart = chart(title, shape);
    for (double overlap : OVERLAPS) {
      List<PrecisionRecall> curves =
          classes.values().stream()
              .map(images -> curve(images, shape, overlap))
              .filter(curve -> curve.truths() > 0)
              .toList();
      if (!curves.isEmpty()) {
        double[] mean = new double[RECALLS.length];
        for (PrecisionRecall curve : curves) {
          double[] precision = curve.interpolated();
          Arrays.setAll(mean, i -> mean[i] + precision[i] / curves.size());
        }
        add(chart, String.format(Locale.ROOT, "IoU %.2f", overlap), mean);
      }
    }
    return chart;
  }

  private static XYChart byClass(String title, Map<String, List<Image>> classes, Shape shape) {
    XYChart chart = chart(title + ", IoU 0.50", shape);
    classes.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), curve(entry.getValue(), shape, 0.5)))
        .filter(entry -> entry.getValue().truths() > 0)
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().truths()))
        .limit(MOST_CLASSES)
        .forEach(entry -> add(chart, entry.getKey(), entry.getValue().interpolated()));
    return chart;
  }

  private static PrecisionRecall curve(List<Image> images, Shape shape, double overlap) {
    return new AveragePrecision(shape, overlap, AreaRange.ALL, 100).curve(images);
  }

  private static void add(XYChart chart, String name, double[] precision) {
    double average = Arrays.stream(precision).average().orElse(0);
    String legend = String.format(Locale.ROOT, "%s: AP %.3f", name, average);
    int end = precision.length; // the curve ends where recall does
    while (end > 1 && precision[end - 1] == 0) {
      end--;
    }
    chart
        .addSeries(legend, Arrays.copyOf(RECALLS, end), Arrays.copyOf(precision, end))
        .setMarker(SeriesMarkers.NONE);
  }

  private static XYChart chart(String title, Shape shape) {
    String what = shape == Shape.BOX ? "boxes" : "masks";
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(480)
            .title(title + ": " + what)
            .xAxisTitle("recall")
            .yAxisTitle("precision")
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    styler.setXAxisTickMarkSpacingHint(60).setDecimalPattern("0.0");
    styler.setChartBackgroundColor(Color.WHITE);
    return chart;
  }
}
