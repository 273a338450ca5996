package io.alcedo.training.train;

import io.alcedo.training.evaluation.plot.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a run's tables: smoothed measures of the steps, and below them validation's figures. */
final class TrainingCurve {
  private static final double SMOOTHING = 0.97;
  private static final int POINTS = 400;

  private TrainingCurve() {}

  /**
   * Writes the picture beside the tables.
   *
   * @param folder of the run
   * @param columns of the log that are drawn
   * @param figures of validation that are drawn
   */
  static void write(Path folder, List<String> columns, List<String> figures) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    charts.add(measures(CsvTable.read(folder.resolve(TrainingRun.LOG)), columns));
    XYChart validation = validation(CsvTable.read(folder.resolve(TrainingRun.VALIDATION)), figures);
    if (!validation.getSeriesMap().isEmpty()) {
      charts.add(validation);
    }
    Charts.write(charts, 1, folder.resolve("curve.png"));
  }

  private static XYChart measures(CsvTable log, List<String> columns) {
    XYChart chart = Charts.chart("Training (running mean)", "step", "");
    for (String column : columns) {
      if (log.size() > 0) {
        addSmooth(chart, column.replace("loss_", ""), log, column);
      }
    }
    return chart;
  }

  private static void addSmooth(XYChart chart, String name, CsvTable log, String column) {
    List<Double> steps = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    int every = Math.max(1, log.size() / POINTS);
    double mean = 0;
    double weight = 0;
    for (int row = 0; row < log.size(); row++) {
      mean = SMOOTHING * mean + (1 - SMOOTHING) * log.number(row, column);
      weight = SMOOTHING * weight + (1 - SMOOTHING);
      if (row % every == 0 || row == log.size() - 1) {
        steps.add(log.number(row, "step"));
        values.add(mean / weight);
      }
    }
    chart.addSeries(name, steps, values).setMarker(SeriesMarkers.NONE);
  }

  private static XYChart validation(CsvTable table, List<String> figures) {
    XYChart chart = Charts.chart("Validation", "step", String.join(", ", figures));
    Map<String, Charts.Line> lines = new LinkedHashMap<>();
    for (int row = 0; row < table.size(); row++) {
      for (String figure : figures) {
        double value = table.number(row, figure);
        if (!Double.isNaN(value)) {
          lines
              .computeIfAbsent(table.text(row, "source") + " " + figure, Charts.Line::new)
              .add(table.number(row, "step"), value);
        }
      }
    }
    lines.values().forEach(line -> line.addTo(chart));
    return chart;
  }
}
