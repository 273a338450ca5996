package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraStatus.State;
import io.alcedo.connectors.camera.ScriptedOrigin.Connection;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CameraPublisherTest {
  private static final Reconnection QUICK =
      new Reconnection(false, Duration.ofMillis(1), Duration.ofMillis(10));
  private static final CameraSettings GATE =
      new CameraSettings("gate", Pace.MAX, null, null, QUICK);

  private final RecordingProducer kafka = new RecordingProducer(true);

  @Test
  void numbersFramesFromZeroAndEndsWithTheirNumber() throws Exception {
    CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(3), kafka);
    publisher.start();
    CameraStatus status = publisher.ended().get();
    assertThat(status.state()).isEqualTo(State.ENDED);
    assertThat(status.grabbed()).isEqualTo(3);
    assertThat(status.published()).isEqualTo(3);
    List<CameraRecord> sent = kafka.rest();
    assertThat(sent)
        .extracting(CameraRecord::kind)
        .containsExactly(Kind.FRAME, Kind.FRAME, Kind.FRAME, Kind.END);
    assertThat(sent).extracting(r -> r.id().sequence()).containsExactly(0L, 1L, 2L, 3L);
    assertThat(sent)
        .extracting(r -> r.captureTime().toString())
        .containsExactly(
            "2000-01-01T00:00:00Z",
            "2000-01-01T00:00:00.100Z",
            "2000-01-01T00:00:00.200Z",
            "2000-01-01T00:00:00.200Z");
  }

  @Test
  void aFileWaitsWhileKafkaHasNoRoomAndLosesNothing() throws Exception {
    RecordingProducer full = new RecordingProducer(true).withoutRoomFor(5);
    CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(4), full);
    publisher.start();
    CameraStatus status = publisher.ended().get();
    assertThat(status.published()).isEqualTo(4);
    assertThat(status.skipped()).isZero();
    assertThat(status.warning()).contains("Kafka has taken no record").contains("no room");
    assertThat(full.rest()).extracting(r -> r.id().sequence()).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void aCameraDoesNotWaitForASlowBroker() throws Exception {
    RecordingProducer slow = new RecordingProducer(false);
    CountDownLatch over = new CountDownLatch(1);
    ScriptedOrigin origin = ScriptedOrigin.live(Connection.waitingAfter(200, over));
    CameraPublisher publisher = publisher(GATE, origin, slow);
    publisher.start();
    // Not one record has been acknowledged, and yet all pictures were taken.
    origin.awaitExhausted();
    CameraStatus stalled = publisher.status();
    assertThat(stalled.grabbed()).isEqualTo(200);
    assertThat(stalled.published()).isLessThanOrEqualTo(16);
    assertThat(stalled.skipped()).isGreaterThanOrEqualTo(200 - 16 - 2);
    over.countDown();
    Thread closing = new Thread(publisher::close);
    closing.start();
    while (!publisher.ended().isDone()) {
      slow.completeNext();
      Thread.onSpinWait();
    }
    closing.join();
    CameraStatus end = publisher.ended().get();
    assertThat(end.grabbed()).isEqualTo(end.published() + end.skipped());
    List<CameraRecord> sent = slow.rest();
    assertThat(sent.get(sent.size() - 1).kind()).isEqualTo(Kind.END);
    assertThat(sent.get(sent.size() - 1).id().sequence()).isEqualTo(end.published());
  }

  @Test
  void sendsHeartbeatsWhileACameraPauses() throws Exception {
    CountDownLatch pause = new CountDownLatch(1);
    ScriptedOrigin origin =
        ScriptedOrigin.live(Connection.of(1), Connection.waitingBefore(pause, 1));
    try (CameraPublisher publisher = publisher(GATE, origin, kafka)) {
      publisher.start();
      CameraRecord frame = kafka.next(Kind.FRAME);
      CameraRecord first = kafka.next(Kind.HEARTBEAT);
      CameraRecord second = kafka.next(Kind.HEARTBEAT);
      pause.countDown();
      CameraRecord after = kafka.next(Kind.FRAME);
      assertThat(first.id().sequence()).isEqualTo(1);
      assertThat(after.id().sequence()).isEqualTo(1);
      assertThat(List.of(frame, first, second, after))
          .extracting(CameraRecord::captureTime)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aFilesHeartbeatsStandAtItsLastFrame() throws Exception {
    CameraSettings slow = new CameraSettings("gate", Pace.REAL_TIME, null, null, null);
    VideoOrigin origin = VideoSources.at("sim://alley?size=64x64&fps=0.2&duration=10s&density=0");
    try (CameraPublisher publisher = publisher(slow, origin, kafka)) {
      publisher.start();
      CameraRecord frame = kafka.next(Kind.FRAME);
      CameraRecord heartbeat = kafka.next(Kind.HEARTBEAT);
      assertThat(heartbeat.captureTime()).isEqualTo(frame.captureTime());
    }
  }

  @Test
  void reconnectsInTheSameSession() throws Exception {
    // Else the second picture might replace the first before it was sent.
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    ScriptedOrigin origin =
        ScriptedOrigin.live(
            Connection.refused("scripted: not yet"),
            Connection.of(1),
            Connection.refused("scripted: gone"),
            new Connection(1, seen, over, null));
    CameraPublisher publisher = publisher(GATE, origin, kafka);
    publisher.start();
    CameraRecord first = kafka.next(Kind.FRAME);
    seen.countDown();
    CameraRecord second = kafka.next(Kind.FRAME);
    assertThat(publisher.status().state()).isEqualTo(State.STREAMING);
    assertThat(publisher.status().reconnects()).isEqualTo(1);
    over.countDown();
    publisher.close();
    CameraRecord end = kafka.next(Kind.END);
    assertThat(second.id().session()).isEqualTo(first.id().session());
    assertThat(List.of(first, second, end))
        .extracting(r -> r.id().sequence())
        .containsExactly(0L, 1L, 2L);
    assertThat(publisher.status().state()).isEqualTo(State.ENDED);
  }

  @Test
  void saysWhyAndWhenItTriesAgain() throws Exception {
    CameraSettings patient =
        new CameraSettings(
            "gate",
            null,
            null,
            null,
            new Reconnection(false, Duration.ofHours(1), Duration.ofHours(2)));
    Instant before = Instant.now();
    try (CameraPublisher publisher =
        publisher(patient, ScriptedOrigin.live(Connection.refused("scripted: dark")), kafka)) {
      publisher.start();
      // A heartbeat comes every second, whatever the camera does.
      CameraStatus status = publisher.status();
      while (status.state() == State.CONNECTING) {
        assertThat(kafka.next().kind()).isEqualTo(Kind.HEARTBEAT);
        status = publisher.status();
      }
      assertThat(status.state()).isEqualTo(State.RETRYING);
      assertThat(status.reason()).isEqualTo("scripted: dark");
      assertThat(status.nextAttempt()).isAfter(before.plus(Duration.ofMinutes(29)));
    }
    assertThat(kafka.next(Kind.END).id().sequence()).isZero();
  }

  @Test
  void failsAtTheFirstAttemptIfAsked() {
    CameraSettings eager = new CameraSettings("gate", null, null, null, QUICK.withFailFast(true));
    CameraPublisher publisher =
        publisher(eager, ScriptedOrigin.live(Connection.refused("scripted: dark")), kafka);
    publisher.start();
    assertThatThrownBy(() -> publisher.ended().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InvalidInputException.class)
        .hasMessageContaining("scripted: dark");
    assertThat(publisher.status().state()).isEqualTo(State.FAILED);
    assertThat(publisher.status().reason()).isEqualTo("scripted: dark");
    assertThat(kafka.rest()).isEmpty();
  }

  @Test
  void failsWhenKafkaRefusesAFrameAndSaysWhichAndWhatToDo() throws Exception {
    RecordingProducer refusing = new RecordingProducer(false);
    CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(2), refusing);
    publisher.start();
    CameraRecord frame = refusing.next();
    while (!refusing.errorNext(new RecordTooLargeException("over the limit"))) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> publisher.ended().get())
        .hasCauseInstanceOf(InvalidInputException.class)
        .cause()
        .hasMessage(
            "camera gate: Kafka refused frame 0 of session 01JSESSION (%d bytes, topic frames): over the limit Set the camera's jpeg.maxWidth or lower jpeg.quality, or raise max.message.bytes of the topic and kafka.maxRecordBytes together.",
            frame.image().length);
    assertThat(publisher.status().state()).isEqualTo(State.FAILED);
    assertThat(refusing.closed()).isTrue();
  }

  @Test
  void failsWhenKafkaRefusesTheLastRecordOfAll() throws Exception {
    RecordingProducer refusing = new RecordingProducer(false);
    CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(1), refusing);
    publisher.start();
    CameraRecord end = refusing.next(Kind.END);
    assertThat(refusing.completeNext()).isTrue();
    while (!refusing.errorNext(new IllegalStateException("disk full"))) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> publisher.ended().get())
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("refused the sign before frame " + end.id().sequence())
        .hasMessageContaining("disk full");
  }

  @Test
  void closeReturnsThoughTheSourceHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedOrigin origin = ScriptedOrigin.live(Connection.waitingAfter(1, never));
    CameraPublisher publisher = publisher(GATE, origin, kafka);
    publisher.start();
    CameraRecord frame = kafka.next(Kind.FRAME);
    publisher.close();
    assertThat(frame.id().sequence()).isZero();
    assertThat(kafka.next(Kind.END).id().sequence()).isEqualTo(1);
    assertThat(publisher.status().state()).isEqualTo(State.ENDED);
    never.countDown();
  }

  @Tag("full")
  @Test
  void closeReturnsThoughKafkaDoesNotAnswer() throws Exception {
    RecordingProducer silent = new RecordingProducer(false);
    CountDownLatch over = new CountDownLatch(1);
    CameraPublisher publisher =
        publisher(GATE, ScriptedOrigin.live(Connection.waitingAfter(1, over)), silent);
    publisher.start();
    CameraRecord frame = silent.next(Kind.FRAME);
    publisher.close();
    over.countDown();
    assertThat(frame.id().sequence()).isZero();
    assertThatThrownBy(() -> publisher.ended().get())
        .hasMessageContaining("camera gate: Kafka did not acknowledge all of session 01JSESSION");
  }

  @Test
  void closesAFileInTheMiddleWithItsAccountExact() throws Exception {
    ScriptedOrigin origin = ScriptedOrigin.file(1_000_000);
    CameraPublisher publisher = publisher(GATE, origin, kafka);
    publisher.start();
    CameraRecord first = kafka.next(Kind.FRAME);
    publisher.close();
    CameraStatus end = publisher.ended().get();
    assertThat(first.id().sequence()).isZero();
    assertThat(kafka.next(Kind.END).id().sequence()).isEqualTo(end.published());
    assertThat(end.published()).isPositive();
    assertThat(origin.delivered()).isLessThan(1_000_000);
  }

  @Test
  void refusesAStartTimeThatKafkaWouldRefuse() {
    CameraSettings future =
        new CameraSettings("gate", null, Instant.now().plus(Duration.ofDays(1)), null, null);
    CameraPublisher publisher = publisher(future, ScriptedOrigin.file(1), kafka);
    publisher.start();
    assertThatThrownBy(() -> publisher.ended().get())
        .hasCauseInstanceOf(InvalidInputException.class)
        .hasMessageContaining("camera gate: event time would begin at")
        .hasMessageContaining("Give an earlier start time");
  }

  @Test
  void refusesAFileWithoutPictures() {
    CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(0), kafka);
    publisher.start();
    assertThatThrownBy(() -> publisher.ended().get())
        .hasCauseInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no picture that can be decoded");
  }

  @Test
  void flagsAClockThatIsWrong() throws Exception {
    Clock unset = Clock.fixed(Instant.parse("1970-01-01T00:07:00Z"), java.time.ZoneOffset.UTC);
    CountDownLatch over = new CountDownLatch(1);
    CameraPublisher publisher =
        new CameraPublisher(
            GATE,
            ScriptedOrigin.live(Connection.waitingAfter(1, over)),
            new FrameLog("frames", 1 << 20, () -> kafka),
            new CameraSession("gate", "01JSESSION", unset),
            new Random(7));
    publisher.start();
    CameraRecord first = kafka.next(Kind.FRAME);
    over.countDown();
    publisher.close();
    assertThat(first.captureTime()).isEqualTo("1970-01-01T00:07:00Z");
    assertThat(publisher.status().warning())
        .contains("this machine's clock says 1970-01-01T00:07:00Z. Set it");
  }

  @Test
  void isStartedOnce() {
    try (CameraPublisher publisher = publisher(GATE, ScriptedOrigin.file(1), kafka)) {
      publisher.start();
      assertThatThrownBy(publisher::start).hasMessageContaining("has been started before");
    }
  }

  private static CameraPublisher publisher(
      CameraSettings settings, VideoOrigin origin, RecordingProducer kafka) {
    return new CameraPublisher(
        settings,
        origin,
        new FrameLog("frames", 1 << 20, () -> kafka),
        new CameraSession("gate", "01JSESSION", Clock.systemUTC()),
        new Random(7));
  }
}
