package io.alcedo.app.index;

/**
 * The store of one version fails: a full disk, a damaged file. The message says which, where, what
 * and the remedy. Nothing that was committed is lost by it.
 */
public final class IndexFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public IndexFaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
