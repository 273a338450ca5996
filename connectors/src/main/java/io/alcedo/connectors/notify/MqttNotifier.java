package io.alcedo.connectors.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.wire.AlertCodec;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Publishes notifications with MQTT 5, QoS 1: the alert's JSON to {@code topic/camera/rule}, its
 * picture, before it, to {@code topic/camera/rule/snapshot}. Both carry the user properties {@code
 * alert} (its id), {@code state} and {@code key}, which is the same in every attempt.
 */
public final class MqttNotifier implements Notifier {
  private final String channel;
  private final MqttSettings settings;
  private final Mqtt5AsyncClient client;
  private CompletableFuture<?> connecting; // guarded by this; null = not tried

  MqttNotifier(String channel, MqttSettings settings) {
    this.channel = channel;
    this.settings = settings;
    this.client = client(channel, settings);
  }

  private static Mqtt5AsyncClient client(String channel, MqttSettings settings) {
    long patience = settings.timeout().toMillis();
    var transport =
        MqttClientTransportConfig.builder()
            .serverHost(settings.address().getHost())
            .serverPort(settings.port())
            .socketConnectTimeout(patience, TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(patience, TimeUnit.MILLISECONDS);
    if (settings.isEncrypted()) {
      transport = transport.sslWithDefaultConfig();
    }
    Mqtt5ClientBuilder builder = Mqtt5Client.builder().transportConfig(transport.build());
    if (settings.clientId() != null) {
      builder = builder.identifier(settings.clientId());
    }
    if (settings.user() != null) {
      builder = builder.simpleAuth(auth(channel, settings));
    }
    return builder.buildAsync();
  }

  private static Mqtt5SimpleAuth auth(String channel, MqttSettings settings) {
    var auth = Mqtt5SimpleAuth.builder().username(settings.user());
    if (settings.passwordEnv() != null) {
      auth = auth.password(Secrets.require(channel, settings.passwordEnv()).getBytes(UTF_8));
    }
    return auth.build();
  }

  @Override
  public CompletableFuture<Void> send(Notification notification) {
    Alert alert = notification.alert();
    String rule = alert.rule().replaceFirst("@[0-9]+$", "");
    String topic = "%s/%s/%s".formatted(settings.topic(), alert.camera(), rule);
    return connected()
        .thenCompose(
            unused ->
                notification.picture() == null
                    ? CompletableFuture.completedFuture(null)
                    : publish(alert, topic + "/snapshot", "image/jpeg", notification.picture()))
        .thenCompose(unused -> publish(alert, topic, "application/json", AlertCodec.write(alert)))
        .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (unused, failure) -> {
              if (failure != null) {
                throw new CompletionException(problem(failure));
              }
              return null;
            });
  }

  /** One attempt to connect at a time; a lost connection is made anew by the next attempt. */
  private synchronized CompletableFuture<?> connected() {
    if (client.getState() == MqttClientState.CONNECTED) {
      return CompletableFuture.completedFuture(null);
    }
    if (connecting == null || connecting.isDone()) {
      connecting = client.connectWith().cleanStart(true).send();
    }
    return connecting;
  }

  private CompletableFuture<Mqtt5PublishResult> publish(
      Alert alert, String topic, String contentType, byte[] payload) {
    Mqtt5Publish message =
        Mqtt5Publish.builder()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .contentType(contentType)
            .payload(payload)
            .userProperties()
            .add("alert", alert.id())
            .add("state", alert.state().toString())
            .add("key", alert.key())
            .applyUserProperties()
            .build();
    return client.publish(message);
  }

  private NotDeliveredException problem(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return NotDeliveredException.forNow(
        "channel %s: %s did not take it (%s: %s)"
            .formatted(
                channel, settings.address(), cause.getClass().getSimpleName(), cause.getMessage()),
        cause,
        Duration.ZERO);
  }

  @Override
  public void close() {
    if (client.getState().isConnected()) {
      var unused = client.disconnect();
    }
  }
}
