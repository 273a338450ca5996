package io.alcedo.connectors.notify;

import io.alcedo.connectors.event.Alert;

/**
 * What a receiver is told.
 *
 * @param alert the alert
 * @param picture annotated JPEG of its frame; null if there is none
 * @param noPicture why there is none; null if there is one, or none was wanted
 */
public record Notification(Alert alert, byte[] picture, String noPicture) {
  /** Without a picture, as for what is resolved. */
  public static Notification of(Alert alert) {
    return new Notification(alert, null, null);
  }
}
