package io.alcedo.connectors.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alcedo.connectors.notify.Notification;

/**
 * What a webhook is sent: the alert as in {@code alerts}, version 1, and with {@code snapshot} its
 * picture, {@code {"contentType": "image/jpeg", "base64": …}}, or why there is none, {@code
 * {"missing": …}}.
 */
public final class NotificationCodec {
  private NotificationCodec() {}

  /** Writes one notification. */
  public static byte[] write(Notification notification) {
    ObjectNode root = AlertCodec.node(notification.alert());
    if (notification.picture() != null) {
      root.putObject("snapshot")
          .put("contentType", "image/jpeg")
          .put("base64", notification.picture());
    } else if (notification.noPicture() != null) {
      root.putObject("snapshot").put("missing", notification.noPicture());
    }
    return Json.bytes(root);
  }
}
