package io.alcedo.connectors.notify;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * An MQTT 5 broker that takes notifications.
 *
 * @param address mqtt://host:1883 or mqtts://host:8883
 * @param topic below which they are published; default alcedo
 * @param user for brokers that ask; absent = none
 * @param passwordEnv environment variable that holds the password
 * @param clientId default: chosen by the broker
 * @param timeout of one attempt; default 10 s
 */
public record MqttSettings(
    URI address, String topic, String user, String passwordEnv, String clientId, Duration timeout)
    implements Serializable {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  public MqttSettings {
    if (address == null
        || address.getHost() == null
        || !("mqtt".equals(address.getScheme()) || "mqtts".equals(address.getScheme()))) {
      throw new IllegalArgumentException(
          "address is %s, expected mqtt://host:1883 or mqtts://host:8883".formatted(address));
    }
    topic = topic == null ? "alcedo" : topic;
    if (topic.isEmpty() || topic.matches(".*[#+].*") || topic.startsWith("/")) {
      throw new IllegalArgumentException(
          "topic is '%s', expected levels such as site/alcedo, without wildcards".formatted(topic));
    }
    timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
    if (timeout.toMillis() < 1 || timeout.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("timeout is %s, expected 1ms to 5min".formatted(timeout));
    }
  }

  boolean isEncrypted() {
    return "mqtts".equals(address.getScheme());
  }

  int port() {
    int usual = isEncrypted() ? TLS_PORT : PORT;
    return address.getPort() < 0 ? usual : address.getPort();
  }
}
