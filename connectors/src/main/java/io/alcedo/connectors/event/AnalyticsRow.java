package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one camera saw of one class of objects in a window of event time. Camera, zone, label, start
 * and end name a row; a later row of the same name takes its place.
 *
 * @param zone name of the zone; null for the whole picture
 * @param label class name
 * @param start of the window
 * @param end of the window, not included
 * @param frames that were looked at
 * @param observedSeconds of the window, for which it is known what was there
 * @param tracks different objects
 * @param occupancyMean objects at once, a mean over the observed time
 * @param occupancyMax most objects at once
 * @param entered how often somebody came in, or was first seen in
 * @param left how often somebody went out, or was lost
 * @param dwell how long those who left had been in
 * @param crossings by line; empty for a zone
 * @param speed of objects, a mean over each second of each track; null where none was seen twice
 * @param heat where objects were; null for a zone
 */
public record AnalyticsRow(
    String camera,
    String zone,
    String label,
    Instant start,
    Instant end,
    long frames,
    double observedSeconds,
    long tracks,
    double occupancyMean,
    int occupancyMax,
    long entered,
    long left,
    Dwell dwell,
    Map<String, Crossings> crossings,
    Speed speed,
    Heat heat) {

  /**
   * Times in seconds. Exact up to 10,000 stays in a window, then to a twentieth.
   *
   * @param stays how many ended; with 0 the others are 0
   */
  public record Dwell(long stays, double p50, double p90, double p99, double max) {}

  /** How often a line was crossed. */
  public record Crossings(long leftToRight, long rightToLeft) {}

  /**
   * How fast objects were.
   *
   * @param unit m/s, or heights/s where the ground is not known
   */
  public record Speed(double mean, double max, String unit) {}

  /**
   * Seconds that objects' anchors spent in each cell of a grid over the picture.
   *
   * @param columns of the grid
   * @param seconds row by row from the top left
   */
  public record Heat(int columns, List<Float> seconds) {
    public Heat {
      seconds = List.copyOf(seconds);
    }
  }

  public AnalyticsRow {
    crossings = Map.copyOf(crossings);
  }
}
