package io.alcedo.connectors.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.standardwebhooks.Webhook;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.wire.AlertCodec;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhookNotifierTest {
  private static final byte[] KEY = "0123456789abcdef01234567".getBytes(UTF_8);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final byte[] PICTURE = {1, 2, 3};

  private final HttpReceiver receiver = new HttpReceiver();

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static WebhookNotifier notifier(URI url, String secret) {
    WebhookSettings settings = new WebhookSettings(url, null, Duration.ofSeconds(2));
    return new WebhookNotifier("office", settings, secret, Clock.systemUTC());
  }

  @Test
  void postsTheAlertWithItsPicture() throws Exception {
    send(notifier(receiver.url(), null), new Notification(Alerts.raised("ab12"), PICTURE, null));

    HttpReceiver.Request request = receiver.next();
    String alert = new String(AlertCodec.write(Alerts.raised("ab12")), UTF_8);
    assertThat(request.body())
        .startsWith(alert.substring(0, alert.length() - 1))
        .endsWith(",\"snapshot\":{\"contentType\":\"image/jpeg\",\"base64\":\"AQID\"}}");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(request.header("webhook-signature")).isNull();
  }

  /** By the specification's reference library, and by hand. */
  @Test
  void signsSoThatTheReceiverCanCheck() throws Exception {
    send(notifier(receiver.url(), SECRET), Notification.of(Alerts.raised("ab12")));

    HttpReceiver.Request request = receiver.next();
    Map<String, List<String>> headers =
        Map.of(
            "webhook-id", List.of(request.header("webhook-id")),
            "webhook-timestamp", List.of(request.header("webhook-timestamp")),
            "webhook-signature", List.of(request.header("webhook-signature")));
    new Webhook(SECRET).verify(request.body(), headers);
    assertThatThrownBy(() -> new Webhook(SECRET).verify(request.body() + " ", headers))
        .hasMessageContaining("signature");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    String signed =
        "%s.%s.%s"
            .formatted(
                request.header("webhook-id"), request.header("webhook-timestamp"), request.body());
    assertThat(request.header("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
  }

  @Test
  void namesEveryAttemptAlike() throws Exception {
    WebhookNotifier notifier = notifier(receiver.url(), null);
    send(notifier, Notification.of(Alerts.raised("ab12")));
    send(notifier, Notification.of(Alerts.raised("ab12")));
    send(notifier, Notification.of(Alerts.resolved("ab12")));

    assertThat(receiver.next().header("webhook-id")).isEqualTo("ab12-raised");
    assertThat(receiver.next().header("Idempotency-Key")).isEqualTo("ab12-raised");
    assertThat(receiver.next().header("webhook-id")).isEqualTo("ab12-resolved");
  }

  @Test
  void saysWhetherAnotherAttemptIsOfUse() {
    receiver.answer(503, "7");
    NotDeliveredException busy = failure(receiver.url());
    assertThat(busy).hasMessageContaining("office").hasMessageContaining("answered 503");
    assertThat(busy.isFinal()).isFalse();
    assertThat(busy.notBefore()).isEqualTo(Duration.ofSeconds(7));

    receiver.answer(429, null);
    assertThat(failure(receiver.url()).isFinal()).isFalse();
    receiver.answer(400, null);
    assertThat(failure(receiver.url()).isFinal()).isTrue();
    receiver.answer(301, null);
    assertThat(failure(receiver.url()).isFinal()).isTrue();
  }

  @Test
  void doesNotWaitForOneThatHangs() {
    receiver.answer(HttpReceiver.HANG, null);

    NotDeliveredException hanging = failure(receiver.url());
    assertThat(hanging).hasMessageContaining("no answer from").hasMessageContaining("Timeout");
    assertThat(hanging.isFinal()).isFalse();
  }

  @Test
  void comesAgainWhereNobodyListens() {
    URI url = receiver.url();
    receiver.close();

    NotDeliveredException absent = failure(url);
    assertThat(absent).hasMessageContaining("no answer from " + url);
    assertThat(absent.isFinal()).isFalse();
  }

  @Test
  void refusesASecretThatIsNone() {
    assertThatThrownBy(() -> notifier(receiver.url(), "whsec_**"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("office")
        .hasMessageContaining("base64");
    assertThatThrownBy(() -> Secrets.require("office", "ALCEDO_NO_SUCH_VARIABLE"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ALCEDO_NO_SUCH_VARIABLE is not set");
  }

  private static void send(WebhookNotifier notifier, Notification notification) throws Exception {
    notifier.send(notification).get(30, TimeUnit.SECONDS);
  }

  private static NotDeliveredException failure(URI url) {
    Throwable thrown =
        catchThrowable(() -> send(notifier(url, null), Notification.of(Alerts.raised("ab12"))));
    assertThat(thrown).isInstanceOf(ExecutionException.class);
    assertThat(thrown.getCause()).isInstanceOf(NotDeliveredException.class);
    return (NotDeliveredException) thrown.getCause();
  }
}
