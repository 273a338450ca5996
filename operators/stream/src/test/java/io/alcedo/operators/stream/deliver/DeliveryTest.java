package io.alcedo.operators.stream.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.frames.RingFrameStore;
import io.alcedo.connectors.notify.Alerts;
import io.alcedo.connectors.notify.ChannelSettings;
import io.alcedo.connectors.notify.HttpReceiver;
import io.alcedo.connectors.notify.RetrySettings;
import io.alcedo.connectors.notify.WebhookSettings;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** To a real HTTP server that fails, hangs, goes and comes back. */
@Timeout(60)
class DeliveryTest {
  private static final RetrySettings QUICK =
      new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(200), Duration.ofSeconds(20));

  @TempDir Path folder;
  private HttpReceiver receiver = new HttpReceiver();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final RingFrameStore frames = new RingFrameStore(1 << 20);
  private final AtomicInteger failures = new AtomicInteger();

  @AfterEach
  void stop() {
    thread.shutdownNow();
    receiver.close();
  }

  private Delivery delivery(RetrySettings retry) {
    return delivery(receiver.url(), retry);
  }

  private Delivery delivery(URI url, RetrySettings retry) {
    ChannelSettings channel =
        new ChannelSettings(
            "office",
            new WebhookSettings(url, null, Duration.ofSeconds(3)),
            null,
            null,
            null,
            null,
            null,
            null,
            retry);
    Snapshots snapshots =
        new Snapshots(frames, new PictureStore(folder.toUri()), new SceneHistory(List.of()));
    return new Delivery(
        channel, channel.open(), snapshots, thread, new Random(1), failures::incrementAndGet);
  }

  @Test
  void deliversWithThePicture() throws Exception {
    keepFrame(Frames.BRIGHT);
    assertThat(get(delivery(QUICK).deliver(Alerts.raised("a")))).isEmpty();

    assertThat(receiver.next().body()).contains("\"id\":\"a\"", "\"base64\":\"/9j/");
    assertThat(new PictureStore(folder.toUri()).find("a")).isPresent();
  }

  @Test
  void deliversWithoutAPictureThatIsGone() throws Exception {
    assertThat(get(delivery(QUICK).deliver(Alerts.raised("a")))).isEmpty();
    assertThat(receiver.next().body()).contains("\"missing\":\"there is no frame at");
    keepFrame(Frames.TRUNCATED_JPEG);
    assertThat(get(delivery(QUICK).deliver(Alerts.raised("b")))).isEmpty();
    assertThat(nextOf("b").body()).contains("\"missing\":\"truncated JPEG");
  }

  @Test
  void comesAgainUntilTheReceiverRecovers() throws Exception {
    receiver.answer(500, null);
    CompletableFuture<Optional<DeadLetter>> result = delivery(QUICK).deliver(Alerts.raised("a"));
    String id = receiver.next().header("webhook-id");
    assertThat(receiver.next().header("webhook-id")).isEqualTo(id);
    receiver.answer(HttpReceiver.HANG, null);
    while (failures.get() < 3) {
      receiver.next();
    }
    receiver.answer(200, null);

    assertThat(get(result)).isEmpty();
  }

  @Test
  void comesAgainWhenTheServerIsBack() throws Exception {
    int port = receiver.url().getPort();
    receiver.close();
    CompletableFuture<Optional<DeadLetter>> result =
        delivery(URI.create("http://127.0.0.1:%d/alerts".formatted(port)), QUICK)
            .deliver(Alerts.raised("a"));
    while (failures.get() < 2) {
      Thread.onSpinWait();
    }
    receiver = new HttpReceiver(port);

    assertThat(get(result)).isEmpty();
    assertThat(receiver.next().body()).contains("\"id\":\"a\"");
  }

  @Test
  void givesUpInTimeAndSaysWhy() throws Exception {
    receiver.answer(503, null);
    RetrySettings brief =
        new RetrySettings(Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(200));

    DeadLetter letter = get(delivery(brief).deliver(Alerts.raised("a"))).orElseThrow();

    assertThat(letter.stage()).isEqualTo("deliver:office");
    assertThat(letter.reason()).contains("answered 503, after ").contains(" attempts");
    assertThat(letter.bytes()).asString().contains("\"id\":\"a\"");
    assertThat(receiver.waiting()).isGreaterThan(3);
  }

  @Test
  void givesUpAtOnceWhatIsRefused() throws Exception {
    receiver.answer(400, null);
    DeadLetter letter = get(delivery(QUICK).deliver(Alerts.raised("a"))).orElseThrow();

    assertThat(letter.reason()).contains("answered 400, after 1 attempts");
    assertThat(receiver.waiting()).isEqualTo(1);
  }

  @Test
  void tellsTheEndAfterTheBeginningThoughTheBeginningFailed() throws Exception {
    receiver.answer(500, null);
    Delivery delivery = delivery(QUICK);
    CompletableFuture<Optional<DeadLetter>> raised = delivery.deliver(Alerts.raised("a"));
    CompletableFuture<Optional<DeadLetter>> resolved = delivery.deliver(Alerts.resolved("a"));
    CompletableFuture<Optional<DeadLetter>> other = delivery.deliver(Alerts.raised("b"));
    while (failures.get() < 4) {
      assertThat(receiver.next().header("webhook-id")).isNotEqualTo("a-resolved");
    }
    receiver.answer(200, null);
    get(CompletableFuture.allOf(raised, resolved, other));

    String last = "";
    while (receiver.waiting() > 0) {
      String id = receiver.next().header("webhook-id");
      last = id.startsWith("a-") ? id : last;
    }
    assertThat(last).isEqualTo("a-resolved");
  }

  /** A busy machine may have tried another twice. */
  private HttpReceiver.Request nextOf(String id) throws InterruptedException {
    HttpReceiver.Request request = receiver.next();
    while (!request.body().contains("\"id\":\"%s\"".formatted(id))) {
      request = receiver.next();
    }
    return request;
  }

  private void keepFrame(byte[] jpeg) {
    Alert alert = Alerts.raised("a");
    frames.add(
        new CameraRecord(
            CameraRecord.Kind.FRAME,
            alert.frame(),
            alert.ref(),
            alert.captureTime(),
            alert.captureTime(),
            "jpeg",
            128,
            96,
            jpeg,
            null));
  }

  private static <T> T get(CompletableFuture<T> result) throws Exception {
    return result.get(30, TimeUnit.SECONDS);
  }
}
