package io.alcedo.connectors.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.frames.FrameLookup.Absent;
import io.alcedo.connectors.frames.FrameLookup.Expired;
import io.alcedo.connectors.frames.FrameLookup.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every frame store does. A test starts with two partitions that are empty. */
@Timeout(120)
abstract class FrameStoreContract {
  static final int LEFT = 0;
  static final int RIGHT = 1;
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

  /** The store under test. */
  abstract FrameStore store();

  /** Appends a record to a partition's log, and says where it lies. */
  abstract FrameRef append(CameraRecord record, int partition) throws Exception;

  /** Lets everything up to here be forgotten, and nothing after it. */
  abstract void expire(FrameRef last) throws Exception;

  @Test
  void givesBackWhatWasPublished() throws Exception {
    CameraRecord published = frame(7, 500);
    FrameRef ref = append(published, LEFT);
    CameraRecord found = store().find(ref).frameOrNull();
    assertThat(found.image()).isEqualTo(published.image());
    assertThat(found.id()).isEqualTo(published.id());
    assertThat(found.captureTime()).isEqualTo(published.captureTime());
    assertThat(found.codec()).isEqualTo("jpeg");
    assertThat(found.width()).isEqualTo(640);
    assertThat(found.ref()).isEqualTo(ref);
  }

  @Test
  void findsFramesInAnyOrder() throws Exception {
    List<FrameRef> refs = appendFrames(200, LEFT);
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      int wanted = random.nextInt(refs.size());
      assertSequence(refs.get(wanted), wanted);
    }
  }

  @Test
  void findsFramesOfTwoPartitionsByTurns() throws Exception {
    List<FrameRef> left = appendFrames(80, LEFT);
    List<FrameRef> right = appendFrames(80, RIGHT);
    for (int i = 0; i < 80; i++) {
      assertSequence(left.get(i), i);
      assertSequence(right.get(i), i);
      assertSequence(left.get(Math.max(0, i - 3)), Math.max(0, i - 3));
    }
  }

  @Test
  void findsAFrameThatWasPublishedAfterTheLastLookup() throws Exception {
    FrameRef first = append(frame(0, 100), LEFT);
    FrameRef later = new FrameRef(first.topic(), first.partition(), first.offset() + 1);
    assertSequence(first, 0);
    assertThat(store().find(later)).isInstanceOf(Absent.class);
    assertThat(append(frame(1, 100), LEFT)).isEqualTo(later);
    assertSequence(later, 1);
  }

  @Test
  void saysThatAFrameHasExpired() throws Exception {
    List<FrameRef> refs = appendFrames(10, LEFT);
    assertSequence(refs.get(9), 9);
    expire(refs.get(5));
    assertThat(store().find(refs.get(0))).isInstanceOf(Expired.class);
    assertThat(store().find(refs.get(5))).isInstanceOf(Expired.class);
    assertSequence(refs.get(6), 6);
    assertThat(store().find(refs.get(2))).isInstanceOf(Expired.class);
  }

  @Test
  void saysThatThereIsNoFrame() throws Exception {
    FrameRef frame = append(frame(0, 100), LEFT);
    FrameRef end = append(end(1), LEFT);
    assertThat(store().find(end)).isInstanceOf(Absent.class);
    assertThat(store().find(new FrameRef(frame.topic(), frame.partition(), 1_000_000)))
        .isInstanceOf(Absent.class);
    assertThat(store().find(new FrameRef(frame.topic(), 77, 0))).isInstanceOf(Absent.class);
    assertThat(store().find(new FrameRef("no-such-topic", 0, 0))).isInstanceOf(Absent.class);
    assertSequence(frame, 0);
  }

  @Test
  void servesSeveralThreads() throws Exception {
    List<FrameRef> refs = appendFrames(60, LEFT);
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      int start = reader * 13;
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 60; i++) {
                  int wanted = (start + i * 7) % 60;
                  assertSequence(refs.get(wanted), wanted);
                }
              }));
    }
    readers.forEach(CompletableFuture::join);
  }

  private void assertSequence(FrameRef ref, long sequence) {
    FrameLookup lookup = store().find(ref);
    assertThat(lookup).isInstanceOf(Found.class);
    assertThat(lookup.frameOrNull().id().sequence()).isEqualTo(sequence);
  }

  private List<FrameRef> appendFrames(int count, int partition) throws Exception {
    List<FrameRef> refs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      refs.add(append(frame(i, 2000), partition));
    }
    return refs;
  }

  static CameraRecord frame(long sequence, int bytes) {
    byte[] image = new byte[bytes];
    new Random(sequence).nextBytes(image);
    return new CameraRecord(
        Kind.FRAME,
        new FrameId("gate", "01JSESSION", sequence),
        null,
        NOON.plusMillis(100 * sequence),
        NOON.plusMillis(100 * sequence + 5),
        "jpeg",
        640,
        480,
        image,
        null);
  }

  private static CameraRecord end(long sequence) {
    return new CameraRecord(
        Kind.END,
        new FrameId("gate", "01JSESSION", sequence),
        null,
        NOON,
        NOON,
        null,
        0,
        0,
        new byte[0],
        null);
  }
}
