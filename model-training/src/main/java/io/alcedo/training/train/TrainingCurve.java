package io.alcedo.training.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a run's tables: smoothed losses, and below them the figures of validation. */
final class TrainingCurve {
  private static final double SMOOTHING = 0.97;
  private static final int POINTS = 400;

  private TrainingCurve() {}

  /**
   * Writes the picture.
   *
   * @param losses table of step, other columns, columns that begin with {@code loss_}
   * @param validation table of step, source, figures
   */
  static void write(Path losses, Path validation, Path png) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    charts.add(losses(losses));
    XYChart figures = validation(validation);
    if (!figures.getSeriesMap().isEmpty()) {
      charts.add(figures);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(png))) {
      BitmapEncoder.saveBitmap(charts, charts.size(), 1, out, BitmapFormat.PNG);
    }
  }

  private static XYChart losses(Path table) throws IOException {
    XYChart chart = chart("Losses (running mean)", "loss");
    List<String> lines = Files.readAllLines(table);
    String[] names = lines.get(0).split(",", -1);
    for (int column = 1; column < names.length; column++) {
      if (names[column].startsWith("loss_") && lines.size() > 1) {
        addLoss(chart, names[column].substring(5), lines, column);
      }
    }
    return chart;
  }

  private static void addLoss(XYChart chart, String name, List<String> lines, int column) {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    int every = Math.max(1, lines.size() / POINTS);
    double mean = 0;
    double weight = 0;
    for (int row = 1; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(",", -1);
      mean = SMOOTHING * mean + (1 - SMOOTHING) * Double.parseDouble(cells[column]);
      weight = SMOOTHING * weight + (1 - SMOOTHING);
      if (row % every == 0 || row == lines.size() - 1) {
        steps.add(Double.parseDouble(cells[0]));
        values.add(mean / weight);
      }
    }
    chart.addSeries(name, steps, values).setMarker(SeriesMarkers.NONE);
  }

  private static XYChart validation(Path table) throws IOException {
    XYChart chart = chart("Validation (averaged weights)", "AP50");
    Map<String, List<double[]>> series = new LinkedHashMap<>();
    List<String> lines = Files.exists(table) ? Files.readAllLines(table) : List.of();
    for (String line : lines.stream().skip(1).toList()) {
      String[] cells = line.split(",", -1);
      add(series, cells[1] + " boxes", cells[0], cells[2]);
      add(series, cells[1] + " masks", cells[0], cells[3]);
    }
    series.forEach(
        (name, points) ->
            chart.addSeries(
                name,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray()));
    return chart;
  }

  private static void add(
      Map<String, List<double[]>> series, String name, String step, String value) {
    double figure = Double.parseDouble(value);
    if (!Double.isNaN(figure)) {
      series
          .computeIfAbsent(name, unused -> new ArrayList<>())
          .add(new double[] {Double.parseDouble(step), figure});
    }
  }

  private static XYChart chart(String title, String axis) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(420)
            .title(title)
            .xAxisTitle("step")
            .yAxisTitle(axis)
            .build();
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    return chart;
  }
}
