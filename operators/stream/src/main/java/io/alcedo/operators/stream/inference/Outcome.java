package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.connectors.geometry.Placement;

/**
 * What became of a picture that was given to an engine: exactly one of these.
 *
 * @param <R> what the engine's model says of a picture
 */
public sealed interface Outcome<R> {

  /** Why there is no result, for people; null where there is one. */
  String reason();

  /**
   * The model saw the picture.
   *
   * @param fit how the picture lay on the canvas; holds its true size
   * @param result what the model says, in pixels of the canvas
   * @param batchSize how many pictures shared the inference
   * @param picture what the picture is like; null of a part of one
   */
  record Inferred<R>(Placement fit, R result, int batchSize, PictureFacts picture)
      implements Outcome<R> {
    /** Of a picture that was not looked at as such. */
    public Inferred(Placement fit, R result, int batchSize) {
      this(fit, result, batchSize, null);
    }

    @Override
    public String reason() {
      return null;
    }

    Inferred<R> with(PictureFacts facts) {
      return new Inferred<>(fit, result, batchSize, facts);
    }
  }

  /** The picture was left out on purpose. */
  record Dropped<R>(String reason) implements Outcome<R> {
    /** A newer frame of the same camera came before it was looked at. */
    public static final String SUPERSEDED = "superseded";

    /** It was too old when its turn came. */
    public static final String STALE = "stale";
  }

  /** The picture could not be processed. */
  record Dead<R>(String reason) implements Outcome<R> {}
}
