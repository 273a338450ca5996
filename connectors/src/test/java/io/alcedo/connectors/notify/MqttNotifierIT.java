package io.alcedo.connectors.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.alcedo.connectors.wire.AlertCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MqttNotifierIT {
  private static final byte[] PICTURE = {1, 2, 3};

  @TempDir Path folder;
  private final BlockingQueue<Mqtt5Publish> received = new LinkedBlockingQueue<>();

  @Test
  void publishesThePictureAndTheAlert() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        MqttNotifier notifier = notifier(broker)) {
      listen(broker);
      send(notifier, new Notification(Alerts.raised("ab12"), PICTURE, null));

      Mqtt5Publish picture = next();
      assertThat(picture.getTopic().toString()).isEqualTo("house/gate/loiter/snapshot");
      assertThat(picture.getPayloadAsBytes()).isEqualTo(PICTURE);
      Mqtt5Publish alert = next();
      assertThat(alert.getTopic().toString()).isEqualTo("house/gate/loiter");
      assertThat(new String(alert.getPayloadAsBytes(), UTF_8))
          .isEqualTo(new String(AlertCodec.write(Alerts.raised("ab12")), UTF_8));
      assertThat(alert.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
      assertThat(alert.getUserProperties().asList())
          .extracting(property -> property.getName() + "=" + property.getValue())
          .containsExactly("alert=ab12", "state=raised", "key=ab12-raised");
    }
  }

  @Test
  void failsWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        MqttNotifier notifier = notifier(broker)) {
      send(notifier, Notification.of(Alerts.raised("a")));
      broker.stop();

      Throwable away = catchThrowable(() -> send(notifier, Notification.of(Alerts.raised("b"))));
      assertThat(away).isInstanceOf(ExecutionException.class);
      assertThat(away.getCause())
          .isInstanceOf(NotDeliveredException.class)
          .hasMessageContaining("channel home")
          .hasMessageContaining("mqtt://127.0.0.1:");
      assertThat(((NotDeliveredException) away.getCause()).isFinal()).isFalse();

      broker.start();
      listen(broker);
      send(notifier, Notification.of(Alerts.raised("b")));
      assertThat(new String(next().getPayloadAsBytes(), UTF_8)).contains("\"id\":\"b\"");
    }
  }

  private static MqttNotifier notifier(Mosquitto broker) {
    return new MqttNotifier(
        "home",
        new MqttSettings(broker.address(), "house", null, null, null, Duration.ofSeconds(3)));
  }

  private void listen(Mosquitto broker) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(broker.port()).buildBlocking();
    client.toAsync().publishes(MqttGlobalPublishFilter.ALL, received::add);
    client.connect();
    client.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send();
  }

  private Mqtt5Publish next() throws InterruptedException {
    Mqtt5Publish message = received.poll(20, TimeUnit.SECONDS);
    assertThat(message).as("message within 20 s").isNotNull();
    return message;
  }

  private static void send(MqttNotifier notifier, Notification notification) throws Exception {
    notifier.send(notification).get(30, TimeUnit.SECONDS);
  }
}
