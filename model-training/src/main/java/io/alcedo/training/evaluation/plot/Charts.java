package io.alcedo.training.evaluation.plot;

import java.awt.Color;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;

/** The look of all charts. */
public final class Charts {
  private Charts() {}

  /** A series that grows. */
  public static final class Line {
    private final String name;
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();

    /** Begins. */
    public Line(String name) {
      this.name = name;
    }

    /** Adds a point to the right of the others. */
    public void add(double at, double value) {
      x.add(at);
      y.add(value);
    }

    /** Draws it. */
    public XYSeries addTo(XYChart chart) {
      return chart.addSeries(name, x, y);
    }
  }

  /** An empty chart with a legend beside it. */
  public static XYChart chart(String title, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(900)
            .height(420)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendBorderColor(Color.WHITE)
        .setPlotBorderColor(Color.LIGHT_GRAY);
    chart.getStyler().setXAxisDecimalPattern("0.##").setYAxisDecimalPattern("0.####");
    return chart;
  }

  /** Writes charts of one size as one picture. */
  public static void write(List<XYChart> charts, int columns, Path png) throws IOException {
    int rows = (charts.size() + columns - 1) / columns;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(png))) {
      BitmapEncoder.saveBitmap(charts, rows, columns, out, BitmapFormat.PNG);
    }
  }
}
