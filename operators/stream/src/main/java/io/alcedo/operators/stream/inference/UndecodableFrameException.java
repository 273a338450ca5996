package io.alcedo.operators.stream.inference;

/** A frame's bytes are not a picture that can be processed. The message is the reason. */
public final class UndecodableFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  public UndecodableFrameException(String reason) {
    super(reason);
  }
}
