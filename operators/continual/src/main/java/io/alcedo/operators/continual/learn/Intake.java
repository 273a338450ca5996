package io.alcedo.operators.continual.learn;

/** What became of a crop that came to be learned from. */
public enum Intake {
  /** It is remembered. */
  KEPT("kept"),
  /** Its track is held out to judge candidates by. */
  HELD_OUT("heldOut"),
  /** Its camera has shown it before. */
  NEAR_DUPLICATE("nearDuplicates"),
  /** It has too few pixels. */
  TOO_SMALL("tooSmall"),
  /** It is no picture. */
  UNDECODABLE("undecodable");

  private final String metric;

  Intake(String metric) {
    this.metric = metric;
  }

  /** Name of its counter. */
  public String metric() {
    return metric;
  }
}
