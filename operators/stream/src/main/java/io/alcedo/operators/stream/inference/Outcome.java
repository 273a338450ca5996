package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Letterbox;

/** What became of a frame that was given to the engine: exactly one of these. */
public sealed interface Outcome {

  /**
   * The model saw the frame.
   *
   * @param fit how the picture lay on the canvas; holds its true size
   * @param detections what the model found, in pixels of the canvas
   * @param batchSize how many frames shared the inference
   */
  record Inferred(Letterbox fit, Detections detections, int batchSize) implements Outcome {}

  /** The frame was left out on purpose. */
  record Dropped(String reason) implements Outcome {
    public static final Dropped SUPERSEDED = new Dropped("superseded");
    public static final Dropped STALE = new Dropped("stale");
  }

  /** The frame could not be processed. */
  record Dead(String reason) implements Outcome {}
}
