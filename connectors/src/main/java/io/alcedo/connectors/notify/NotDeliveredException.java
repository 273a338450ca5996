package io.alcedo.connectors.notify;

import java.time.Duration;

/** A receiver did not take a notification; the message says who and why. */
public final class NotDeliveredException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isFinal;
  private final Duration notBefore;

  private NotDeliveredException(
      String message, Throwable cause, boolean isFinal, Duration notBefore) {
    super(message, cause);
    this.isFinal = isFinal;
    this.notBefore = notBefore;
  }

  /**
   * Another attempt may succeed.
   *
   * @param notBefore how long the receiver asks to be left alone; zero if it does not say
   */
  public static NotDeliveredException forNow(String message, Throwable cause, Duration notBefore) {
    return new NotDeliveredException(message, cause, false, notBefore);
  }

  /** The receiver will never take it. */
  public static NotDeliveredException forEver(String message) {
    return new NotDeliveredException(message, null, true, Duration.ZERO);
  }

  /** Whether another attempt is of no use. */
  public boolean isFinal() {
    return isFinal;
  }

  /** How long the receiver asks to be left alone. */
  public Duration notBefore() {
    return notBefore;
  }
}
