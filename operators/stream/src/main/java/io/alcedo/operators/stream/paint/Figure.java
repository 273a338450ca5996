package io.alcedo.operators.stream.paint;

import io.alcedo.connectors.event.Alert;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.TripLine;
import io.alcedo.operators.stream.scene.Unit;
import io.alcedo.operators.stream.scene.Zone;
import java.util.ArrayList;
import java.util.List;

/**
 * A zone or a line of a scene, as it is drawn.
 *
 * @param corners [x, y] px of the picture
 * @param closed whether the last corner is joined to the first, as a zone's is
 * @param alerting whether an alert is about it
 */
public record Figure(String name, List<double[]> corners, boolean closed, boolean alerting) {

  /**
   * All that a scene has.
   *
   * @param width of the picture, px
   * @param height of the picture, px
   * @param alert whose zone or line stands out; or null
   */
  public static List<Figure> of(Scene scene, int width, int height, Alert alert) {
    List<Figure> figures = new ArrayList<>();
    for (Zone zone : scene.zones()) {
      boolean alerting = alert != null && zone.name().equals(alert.zone());
      figures.add(
          new Figure(zone.name(), px(zone.points(), zone.unit(), width, height), true, alerting));
    }
    for (TripLine line : scene.lines()) {
      boolean alerting = alert != null && line.name().equals(alert.line());
      List<List<Double>> ends = List.of(line.from(), line.to());
      figures.add(new Figure(line.name(), px(ends, line.unit(), width, height), false, alerting));
    }
    return figures;
  }

  private static List<double[]> px(List<List<Double>> points, Unit unit, int width, int height) {
    return points.stream()
        .map(
            point ->
                new double[] {point.get(0) * unit.scale(width), point.get(1) * unit.scale(height)})
        .toList();
  }
}
