package io.alcedo.connectors.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Which version of a model serves in a role, and which did before.
 *
 * @param role what it does
 * @param current the one that serves
 * @param past the newest first, at most {@value #MAX_PAST}
 */
public record Deployment(Role role, Turn current, List<Turn> past) {
  private static final int MAX_PAST = 100;

  /**
   * A time in which a version serves.
   *
   * @param version name@sha256 prefix
   * @param effectiveFrom since when
   * @param by who deployed it: a person, or the job that made it
   * @param reason for people
   */
  public record Turn(String version, Instant effectiveFrom, String by, String reason) {}

  public Deployment {
    past = List.copyOf(past);
  }

  /** The first deployment of a role. */
  public static Deployment first(Role role, Turn turn) {
    return new Deployment(role, turn, List.of());
  }

  /** The same with another version from now on. */
  public Deployment then(Turn next) {
    List<Turn> before = new ArrayList<>(past);
    before.add(0, current);
    return new Deployment(role, next, before.subList(0, Math.min(MAX_PAST, before.size())));
  }

  /** The version that served before, other than the current one; null if there is none. */
  public Turn previous() {
    return past.stream()
        .filter(turn -> !turn.version().equals(current.version()))
        .findFirst()
        .orElse(null);
  }
}
