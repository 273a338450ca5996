package io.alcedo.training.train;

/** A run that cannot go on; the message names the step and its losses. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }
}
