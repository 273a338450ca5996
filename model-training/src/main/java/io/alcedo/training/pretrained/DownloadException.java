package io.alcedo.training.pretrained;

/** A download failed for a reason outside: the network, the server, what it served. One line. */
public final class DownloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DownloadException(String message) {
    super(message);
  }

  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
