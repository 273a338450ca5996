package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.TrackState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The tracks of one camera.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param session the session that the tracks are of
 * @param time event time of the line that was taken last, null before the first
 * @param tracks the oldest first
 * @param width px of the picture that the tracks are in, 0 before the first
 * @param height px
 */
public record TrackerState(
    int v, String session, Instant time, List<Track> tracks, int width, int height) {
  public static final int VERSION = 4;
  public static final TrackerState START = new TrackerState(VERSION, "", null, List.of(), 0, 0);

  /**
   * An object over time.
   *
   * @param id of the detection that opened it
   * @param label class name
   * @param state how far it can be relied upon
   * @param motion where it is and how it moves, at the state's time
   * @param opened when it was seen first, event time
   * @param seen when it was seen last, event time
   * @param hits in how many frames it was seen
   * @param misses in how many frames since it was seen it was not
   * @param scores sum over those frames in which it was seen
   * @param appearance what it looks like; null where no encoder has seen it
   */
  public record Track(
      String id,
      String label,
      TrackState state,
      BoxMotion motion,
      Instant opened,
      Instant seen,
      int hits,
      int misses,
      double scores,
      TrackAppearance appearance) {

    /**
     * A track that begins.
     *
     * @param seen what the object looks like, or null
     */
    static Track open(
        DetectedObject object, TrackAppearance seen, Instant now, TrackerOptions options) {
      BoxMotion motion = BoxMotion.of(object.box());
      return new Track(
              object.id(),
              object.label(),
              TrackState.TENTATIVE,
              motion,
              now,
              now,
              1,
              0,
              object.score(),
              seen)
          .judged(options);
    }

    Track after(Duration time) {
      BoxMotion later = motion.after(Math.max(0, time.toNanos() / 1e9));
      return new Track(id, label, state, later, opened, seen, hits, misses, scores, appearance);
    }

    Track scaled(double byX, double byY) {
      BoxMotion other = motion.scaled(byX, byY);
      return new Track(id, label, state, other, opened, seen, hits, misses, scores, appearance);
    }

    /**
     * The same, found again.
     *
     * @param looks what the object looks like, or null
     */
    Track seenAt(
        DetectedObject object, TrackAppearance looks, Instant now, TrackerOptions options) {
      BoxMotion corrected = motion.seeing(object.box());
      double sum = scores + object.score();
      TrackAppearance after = looksAfter(looks, options.appearance());
      return new Track(id, label, state, corrected, opened, now, hits + 1, 0, sum, after)
          .judged(options);
    }

    private TrackAppearance looksAfter(TrackAppearance looks, AppearanceOptions options) {
      if (appearance == null || looks == null) {
        return appearance == null ? looks : appearance;
      }
      return appearance.seeing(looks, options.memory());
    }

    /** Believed, if it was seen often and clearly enough; who was believed once stays so. */
    private Track judged(TrackerOptions options) {
      boolean clear = scores / hits >= options.confirmScore();
      boolean believed =
          state != TrackState.TENTATIVE || (hits >= options.confirmedAfter() && clear);
      TrackState next = believed ? TrackState.CONFIRMED : TrackState.TENTATIVE;
      return new Track(id, label, next, motion, opened, seen, hits, misses, scores, appearance);
    }

    Track missed() {
      TrackState next = state == TrackState.TENTATIVE ? TrackState.TENTATIVE : TrackState.LOST;
      return new Track(id, label, next, motion, opened, seen, hits, misses + 1, scores, appearance);
    }
  }

  public TrackerState {
    tracks = List.copyOf(tracks);
  }

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  public TrackerState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the tracker has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }
}
