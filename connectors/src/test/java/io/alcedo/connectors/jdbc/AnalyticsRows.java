package io.alcedo.connectors.jdbc;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows for tests: a minute after another of one camera. */
public final class AnalyticsRows {
  public static final Instant START = Instant.parse("2026-11-23T15:00:00Z");

  private AnalyticsRows() {}

  /** Of the whole picture. */
  public static AnalyticsRow ofPicture(String camera, int minute, long tracks) {
    return row(
        camera,
        null,
        minute,
        tracks,
        Map.of("door", new Crossings(3, 1)),
        new Speed(1.25, 2.5, "m/s"),
        new Heat(2, List.of(0.5f, 1.25f)));
  }

  /** Of a zone in which nobody was seen twice. */
  public static AnalyticsRow ofZone(String camera, String zone, int minute, long tracks) {
    return row(camera, zone, minute, tracks, Map.of(), null, null);
  }

  private static AnalyticsRow row(
      String camera,
      String zone,
      int minute,
      long tracks,
      Map<String, Crossings> crossings,
      Speed speed,
      Heat heat) {
    return new AnalyticsRow(
        camera,
        zone,
        "person",
        START.plusSeconds(60L * minute),
        START.plusSeconds(60L * (minute + 1)),
        600,
        59.5,
        tracks,
        1.5,
        4,
        10,
        9,
        new Dwell(9, 4.5, 8, 9.25, 9.5),
        crossings,
        speed,
        heat);
  }
}
