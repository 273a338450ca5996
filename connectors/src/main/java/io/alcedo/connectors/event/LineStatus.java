package io.alcedo.connectors.event;

/** What became of one record of a camera. The code is what travels. */
public enum LineStatus {
  /** The model saw the frame. */
  OK("ok"),
  /** The frame was left out on purpose; the reason says why. */
  DROPPED("dropped"),
  /** The frame could not be processed; the reason says why. */
  DEAD("dead"),
  /** No frame: the camera is alive, time passes. */
  HEARTBEAT("heartbeat"),
  /** No frame: the session is over. */
  END("end");

  private final String code;

  LineStatus(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** Whether the line accounts for a frame. */
  public boolean isFrame() {
    return this == OK || this == DROPPED || this == DEAD;
  }

  /**
   * The status of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static LineStatus ofCode(String code) {
    for (LineStatus status : values()) {
      if (status.code.equals(code)) {
        return status;
      }
    }
    throw new IllegalArgumentException("unknown line status '" + code + "'");
  }
}
