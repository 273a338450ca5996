package io.alcedo.operators.stream.track;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How objects become tracks.
 *
 * @param minScore objects below it are not looked at
 * @param highScore objects from it on are looked at first; the others only continue what was just
 *     seen
 * @param openScore objects from it on open tracks
 * @param minOverlap intersection over union with the expected box, times score, from which an
 *     object may be a known one
 * @param minLowOverlap the same for objects of low scores, without the score
 * @param confirmedAfter frames in which a track is seen before it is believed
 * @param confirmScore mean score over these frames from which it is believed; things that are taken
 *     for people again and again, and never with certainty, are not
 * @param patience how long a track that is not seen is looked for
 * @param appearance how what objects look like is used; null = not at all
 */
public record TrackerOptions(
    Double minScore,
    Double highScore,
    Double openScore,
    Double minOverlap,
    Double minLowOverlap,
    Integer confirmedAfter,
    Double confirmScore,
    Duration patience,
    AppearanceOptions appearance)
    implements Serializable {
  /** With every key left out. */
  public static final TrackerOptions DEFAULT =
      new TrackerOptions(null, null, null, null, null, null, null, null, null);

  public TrackerOptions {
    minScore = share("minScore", minScore, 0.1);
    highScore = share("highScore", highScore, 0.5);
    openScore = share("openScore", openScore, 0.6);
    minOverlap = share("minOverlap", minOverlap, 0.2);
    minLowOverlap = share("minLowOverlap", minLowOverlap, 0.5);
    confirmScore = share("confirmScore", confirmScore, 0.8);
    confirmedAfter = confirmedAfter == null ? 3 : confirmedAfter;
    patience = patience == null ? Duration.ofSeconds(2) : patience;
    if (highScore < minScore || openScore < highScore) {
      throw new IllegalArgumentException(
          "minScore %s, highScore %s, openScore %s: expected them to rise"
              .formatted(minScore, highScore, openScore));
    }
    if (confirmedAfter < 1) {
      throw new IllegalArgumentException(
          "confirmedAfter is %d, expected 1 or more frames".formatted(confirmedAfter));
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException(
          "patience is %s, expected a duration such as 2s".formatted(patience));
    }
  }

  /** The same with another use of what objects look like; null = none. */
  public TrackerOptions with(AppearanceOptions other) {
    return new TrackerOptions(
        minScore,
        highScore,
        openScore,
        minOverlap,
        minLowOverlap,
        confirmedAfter,
        confirmScore,
        patience,
        other);
  }

  /** The same with the model's path relative to a folder, if there is one. */
  public TrackerOptions relativeTo(Path base) {
    boolean hasModel = appearance != null && appearance.model() != null;
    return hasModel
        ? with(appearance.withModel(base.resolve(appearance.model()).toString()))
        : this;
  }

  private static double share(String key, Double value, double otherwise) {
    double share = value == null ? otherwise : value;
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("%s is %s, expected 0 to 1".formatted(key, value));
    }
    return share;
  }
}
