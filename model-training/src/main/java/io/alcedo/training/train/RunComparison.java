package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.evaluation.plot.Charts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws several classifiers' errors over the epochs as the papers do (He et al. 2015, figures 1 and
 * 6): on training pictures, averaged over stretches of a run, and on validation pictures.
 */
public final class RunComparison {
  /** Stretches over which the training error of a run is averaged. */
  private static final int STRETCHES = 60;

  private RunComparison() {}

  /**
   * Writes the picture.
   *
   * @param runs output folders of trainings by name, in the order of the legend
   * @throws InvalidInputException if a folder has no tables of a classifier's training
   */
  public static void write(Map<String, Path> runs, Path png) throws IOException {
    XYChart training = Charts.chart("Training error", "epoch", "%");
    XYChart validation = Charts.chart("Validation error", "epoch", "%");
    for (Map.Entry<String, Path> run : runs.entrySet()) {
      CsvTable log = CsvTable.read(run.getValue().resolve(TrainingRun.LOG));
      if (log.size() == 0) {
        throw new InvalidInputException(run.getValue() + ": has not done a step yet");
      }
      addTraining(training, run.getKey(), log);
      addValidation(
          validation, run.getKey(), CsvTable.read(run.getValue().resolve(TrainingRun.VALIDATION)));
    }
    Charts.write(List.of(training, validation), 2, png);
  }

  private static void addTraining(XYChart chart, String name, CsvTable log) {
    int stretch = Math.max(1, log.size() / STRETCHES);
    List<Double> epochs = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int first = 0; first + stretch <= log.size(); first += stretch) {
      double sum = 0;
      for (int row = first; row < first + stretch; row++) {
        sum += log.number(row, "error");
      }
      epochs.add(log.number(first + stretch / 2, "epoch"));
      errors.add(100 * sum / stretch);
    }
    chart.addSeries(name, epochs, errors).setMarker(SeriesMarkers.NONE);
  }

  private static void addValidation(XYChart chart, String name, CsvTable table) {
    Charts.Line line = new Charts.Line(name);
    for (int row = 0; row < table.size(); row++) {
      line.add(table.number(row, "epoch"), 100 * (1 - table.number(row, "top1")));
    }
    if (table.size() > 0) {
      line.addTo(chart);
    }
  }
}
