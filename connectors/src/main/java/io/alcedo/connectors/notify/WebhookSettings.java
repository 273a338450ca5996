package io.alcedo.connectors.notify;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * An HTTP server that takes notifications.
 *
 * @param url http:// or https://
 * @param secretEnv environment variable that holds the secret for signatures, base64 or whsec_ +
 *     base64; absent = not signed
 * @param timeout of one attempt; default 10 s
 */
public record WebhookSettings(URI url, String secretEnv, Duration timeout) implements Serializable {
  public WebhookSettings {
    if (url == null
        || url.getHost() == null
        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
      throw new IllegalArgumentException(
          "url is %s, expected http://host… or https://host…".formatted(url));
    }
    timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("timeout is %s, expected 1ms to 5min".formatted(timeout));
    }
  }
}
