package io.alcedo.app.index;

import java.io.IOException;

/** Solr was asked and said no. */
final class SolrRefusalException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final int status;

  SolrRefusalException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** Whether what was asked for is not there. */
  boolean isAbsence() {
    return status == NOT_FOUND || (status == BAD_REQUEST && getMessage().contains("not found"));
  }
}
