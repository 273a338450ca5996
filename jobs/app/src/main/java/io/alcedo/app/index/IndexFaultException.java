package io.alcedo.app.index;

/**
 * The store of one version fails: a full disk, a damaged file. The message says which, where, what
 * and the remedy. Nothing that was committed is lost by it.
 */
public final class IndexFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean damage;

  public IndexFaultException(String message, Throwable cause) {
    this(message, cause, false);
  }

  IndexFaultException(String message, Throwable cause, boolean damage) {
    super(message, cause);
    this.damage = damage;
  }

  /** Whether what is there cannot be used any more: the version has to be made again. */
  public boolean isDamage() {
    return damage;
  }
}
