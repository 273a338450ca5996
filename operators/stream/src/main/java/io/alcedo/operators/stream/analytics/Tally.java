package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Sums over a span of time of one zone and class. Tallies of spans that follow each other add up.
 *
 * @param frames that were looked at
 * @param seconds observed
 * @param objectSeconds number of objects times how long
 * @param most objects at once
 * @param tracks ids
 * @param entered how often
 * @param left how often
 * @param dwells of those who left
 * @param crossings by line
 * @param speeds how many seconds of tracks have a speed
 * @param speedSum of these speeds
 * @param speedMost of these speeds
 * @param heat seconds by cell; empty if none is wanted
 */
public record Tally(
    long frames,
    double seconds,
    double objectSeconds,
    int most,
    Set<String> tracks,
    long entered,
    long left,
    Durations dwells,
    Map<String, Crossings> crossings,
    long speeds,
    double speedSum,
    double speedMost,
    float[] heat) {
  private static final float[] NO_HEAT = new float[0];

  public Tally {
    tracks = Set.copyOf(tracks);
    crossings = Map.copyOf(crossings);
  }

  /** A time in which so many objects were there. */
  static Tally ofTime(double seconds, int objects) {
    return new Tally(
        0,
        seconds,
        seconds * objects,
        0,
        Set.of(),
        0,
        0,
        Durations.NONE,
        Map.of(),
        0,
        0,
        0,
        NO_HEAT);
  }

  /**
   * A frame that was looked at.
   *
   * @param objects in it
   * @param tracks of these
   * @param dwells of those who left
   */
  static Tally ofFrame(int objects, Set<String> tracks, int entered, int left, Durations dwells) {
    return new Tally(1, 0, 0, objects, tracks, entered, left, dwells, Map.of(), 0, 0, 0, NO_HEAT);
  }

  /** Somebody has left. */
  static Tally ofStay(double seconds) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 1, Durations.NONE.with(seconds), Map.of(), 0, 0, 0, NO_HEAT);
  }

  static Tally ofCrossing(String line, Crossings one) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(line, one), 0, 0, 0, NO_HEAT);
  }

  static Tally ofSpeed(double speed) {
    return new Tally(
        0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(), 1, speed, speed, NO_HEAT);
  }

  static Tally ofHeat(float[] heat) {
    return new Tally(0, 0, 0, 0, Set.of(), 0, 0, Durations.NONE, Map.of(), 0, 0, 0, heat);
  }

  /** This span and one that follows it. */
  Tally with(Tally next) {
    Set<String> allTracks = tracks;
    if (!tracks.containsAll(next.tracks)) {
      allTracks = new HashSet<>(tracks);
      allTracks.addAll(next.tracks);
    }
    return new Tally(
        frames + next.frames,
        seconds + next.seconds,
        objectSeconds + next.objectSeconds,
        Math.max(most, next.most),
        allTracks,
        entered + next.entered,
        left + next.left,
        next.dwells.values().length + next.dwells.bins().length == 0
            ? dwells
            : dwells.with(next.dwells),
        sum(crossings, next.crossings),
        speeds + next.speeds,
        speedSum + next.speedSum,
        Math.max(speedMost, next.speedMost),
        sum(heat, next.heat));
  }

  /** The same, as if no speed was known. */
  Tally withoutSpeeds() {
    return new Tally(
        frames,
        seconds,
        objectSeconds,
        most,
        tracks,
        entered,
        left,
        dwells,
        crossings,
        0,
        0,
        0,
        heat);
  }

  private static Map<String, Crossings> sum(
      Map<String, Crossings> one, Map<String, Crossings> other) {
    if (other.isEmpty()) {
      return one;
    }
    Map<String, Crossings> sum = new HashMap<>(one);
    other.forEach(
        (line, of) ->
            sum.merge(
                line,
                of,
                (a, b) ->
                    new Crossings(
                        a.leftToRight() + b.leftToRight(), a.rightToLeft() + b.rightToLeft())));
    return sum;
  }

  private static float[] sum(float[] one, float[] other) {
    if (other.length == 0 || one.length == 0) {
      return one.length == 0 ? other : one;
    }
    float[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
