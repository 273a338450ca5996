package io.alcedo.connectors.event;

/** How far a track can be relied upon. */
public enum TrackState {
  /** Seen too seldom to be believed: nothing counts it. */
  TENTATIVE("tentative"),
  /** Believed, and seen in the last frame. */
  CONFIRMED("confirmed"),
  /** Believed, and looked for: it was not in the last frame. */
  LOST("lost");

  private final String code;

  TrackState(String code) {
    this.code = code;
  }

  /**
   * The state of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TrackState ofCode(String code) {
    for (TrackState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException(
        "state is %s, expected tentative, confirmed or lost".formatted(code));
  }

  @Override
  public String toString() {
    return code;
  }
}
