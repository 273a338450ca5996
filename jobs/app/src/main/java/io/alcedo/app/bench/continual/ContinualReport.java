package io.alcedo.app.bench.continual;

import io.alcedo.training.evaluation.plot.Charts;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * What the comparison says.
 *
 * @param places in the order of the stream's phases
 */
record ContinualReport(Findings findings, List<String> places) {
  /** Told apart also by those who do not see all colours (Okabe and Ito 2008). */
  private static final Color[] COLORS = {
    new Color(0xBBBBBB),
    new Color(0x777777),
    new Color(0xCC79A7),
    new Color(0x000000),
    new Color(0xD55E00),
    new Color(0xE69F00),
    new Color(0x56B4E9),
    new Color(0x0072B2),
    new Color(0x009E73)
  };

  /** A figure over seeds. */
  private record Spread(double mean, double deviation, int seeds) {
    static Spread of(double[] values) {
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
      double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
      return new Spread(mean, deviation, values.length);
    }

    @Override
    public String toString() {
      return seeds < 2
          ? String.format(Locale.ROOT, "%.3f        ", mean)
          : String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
    }
  }

  /** A table for people: mean and standard deviation over the seeds. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-16s  %-13s  %-13s", "", "recall@1", "mAP"));
    for (String place : places) {
      text.append(String.format(Locale.ROOT, "  %-13s", "mAP " + place));
    }
    String first = places.get(0);
    text.append("  ").append(first).append(" after its phase, and at the end\n");
    for (String arm : arms()) {
      text.append(String.format(Locale.ROOT, "%-16s", arm));
      text.append("  ").append(over(arm, this::isLast, Finding::recall));
      text.append("  ").append(over(arm, this::isLast, Finding::map));
      for (String place : places) {
        text.append("  ").append(over(arm, isLastAt(place), Finding::map));
      }
      Predicate<Finding> learned = row -> row.phase().equals(first) && row.place().equals(first);
      if (findings.where(row -> row.arm().equals(arm) && learned.test(row)).isEmpty()) {
        text.append("  -");
      } else {
        text.append("  ").append(over(arm, learned, Finding::map).toString().strip());
        text.append(", ").append(over(arm, isLastAt(first), Finding::map));
      }
      text.append('\n');
    }
    return text.toString().replaceAll(" +\n", "\n");
  }

  private List<String> arms() {
    return findings.where(this::isLast).stream().map(Finding::arm).distinct().toList();
  }

  private boolean isLast(Finding row) {
    return row.phase().equals(places.get(places.size() - 1));
  }

  private Predicate<Finding> isLastAt(String place) {
    return row -> isLast(row) && row.place().equals(place);
  }

  private Spread over(String arm, Predicate<Finding> which, ToDoubleFunction<Finding> figure) {
    Map<Long, Double> seeds =
        findings.where(row -> row.arm().equals(arm) && which.test(row)).stream()
            .collect(
                Collectors.groupingBy(
                    Finding::seed, TreeMap::new, Collectors.averagingDouble(figure)));
    return Spread.of(seeds.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Draws mAP over the updates: of all places, and of the first one. */
  void draw(Path png) throws IOException {
    String first = places.get(0);
    Charts.write(
        List.of(
            chart("All places", row -> true),
            chart("The first place, " + first, row -> row.place().equals(first))),
        1,
        png);
  }

  /** A mean of some seeds is no mean. Before the first update all were judged, or at the end. */
  private static long seedsAt(long place, List<Finding> rows) {
    return rows.stream()
        .filter(row -> place == 0 || place(row, rows) == place)
        .map(Finding::seed)
        .distinct()
        .count();
  }

  /** Where a row is drawn: the seeds of a shuffled stream end an update apart, and end together. */
  private static long place(Finding row, List<Finding> rows) {
    long last = lastUpdate(rows.stream().filter(other -> other.seed() == row.seed()).toList());
    return row.updates() == last ? lastUpdate(rows) : row.updates();
  }

  private static long lastUpdate(List<Finding> rows) {
    return rows.stream().mapToLong(Finding::updates).max().orElse(0);
  }

  private XYChart chart(String title, Predicate<Finding> which) {
    XYChart chart = Charts.chart(title, "updates", "mAP");
    double last = findings.where(row -> true).stream().mapToLong(Finding::updates).max().orElse(0);
    for (String arm : arms()) {
      List<Finding> rows = findings.where(row -> row.arm().equals(arm) && which.test(row));
      TreeMap<Long, Double> means =
          rows.stream()
              .filter(row -> seedsAt(place(row, rows), rows) == seedsAt(0, rows))
              .collect(
                  Collectors.groupingBy(
                      row -> place(row, rows),
                      TreeMap::new,
                      Collectors.averagingDouble(Finding::map)));
      Charts.Line line = new Charts.Line(arm);
      means.forEach(line::add);
      if (means.size() == 1) {
        line.add(last, means.firstEntry().getValue()); // does not learn
      }
      line.addTo(chart).setMarker(SeriesMarkers.NONE);
    }
    chart.getStyler().setSeriesColors(COLORS).setAnnotationLineColor(Color.LIGHT_GRAY);
    phaseEnds().forEach(updates -> chart.addAnnotation(new AnnotationLine(updates, true, false)));
    return chart;
  }

  /** Between the phases, of those who saw them in their order. */
  private List<Long> phaseEnds() {
    return findings
        .where(
            row -> row.arm().equals(Arm.NO_BUFFER.code()) && !row.phase().isEmpty() && !isLast(row))
        .stream()
        .map(Finding::updates)
        .distinct()
        .toList();
  }
}
