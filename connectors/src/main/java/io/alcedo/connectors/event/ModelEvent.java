package io.alcedo.connectors.event;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a model in the pipeline.
 *
 * @param kind what
 * @param role detector, classifier or encoder
 * @param version name@sha256 prefix
 * @param time when, wall clock
 * @param message why, for people
 * @param figures what was measured, by name
 */
public record ModelEvent(
    Kind kind,
    String role,
    String version,
    Instant time,
    String message,
    Map<String, Double> figures) {

  /** What can happen to a model. The code is what travels. */
  public enum Kind {
    /** A learner's candidate passed its gate; it is deployed with the next checkpoint. */
    PUBLISHED("published"),
    /** A learner's candidate did not pass its gate. */
    REJECTED("rejected"),
    /** A stage serves with it now. */
    TAKEN_OVER("taken-over"),
    /** A stage cannot serve with it and goes on with the one before. */
    REFUSED("refused");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /**
     * The kind of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Kind ofCode(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown kind of model event '" + code + "'");
    }
  }
}
