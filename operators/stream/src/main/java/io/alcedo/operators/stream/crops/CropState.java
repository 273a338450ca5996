package io.alcedo.operators.stream.crops;

import java.time.Instant;
import java.util.List;

/**
 * The best picture so far of each track of one camera.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param candidates the track that was seen first comes first
 */
public record CropState(int v, List<Candidate> candidates) {
  public static final int VERSION = 1;
  public static final CropState START = new CropState(VERSION, List.of());

  /**
   * A track whose picture is being chosen.
   *
   * @param since when its first picture of this time was taken
   * @param quality of the best one, higher is better
   * @param best the best one
   */
  public record Candidate(Instant since, double quality, CropPlan best) {}

  public CropState {
    candidates = List.copyOf(candidates);
  }

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  public CropState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the crop stage has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }
}
