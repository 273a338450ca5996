package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FillingBatchTest {
  private static final long LINGER = 100;

  private final FrameBatch frames = new FrameBatch(3, 8, 8);
  private final FillingBatch batch = new FillingBatch(frames);

  @AfterEach
  void free() {
    frames.close();
  }

  @Test
  void isDueWhenTheOldestHasLingered() {
    assertThat(batch.nanosUntilDue(0, LINGER, false)).isEqualTo(Long.MAX_VALUE);
    batch.reserve(request(1_000));
    batch.reserve(request(1_040));

    assertThat(batch.nanosUntilDue(1_060, LINGER, false)).isEqualTo(40);
    assertThat(batch.nanosUntilDue(1_100, LINGER, false)).isZero();
  }

  @Test
  void isDueAtOnceWhenFull() {
    for (int i = 0; i < 3; i++) {
      batch.reserve(request(1_000));
    }

    assertThat(batch.hasRoom()).isFalse();
    assertThat(batch.nanosUntilDue(1_000, LINGER, true)).isZero();
  }

  @Test
  void waitsForThoseWhoCanStillJoin() {
    batch.reserve(request(1_000));

    assertThat(batch.nanosUntilDue(5_000, LINGER, true)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void closesTheGapOfAPictureThatCouldNotBeDecoded() {
    FrameRequest first = request(0);
    FrameRequest last = request(2);
    batch.ready(batch.reserve(first));
    int bad = batch.reserve(request(1));
    batch.ready(batch.reserve(last));
    batch.vacate(bad);
    frames.images(2, 1).put(0, (byte) 7);

    assertThat(batch.compact()).containsExactly(first, last);
    assertThat(frames.images(1, 1).get(0)).isEqualTo((byte) 7);
  }

  private static FrameRequest request(long submitted) {
    return new FrameRequest(
        "owner", "gate", Instant.EPOCH, new byte[1], submitted, new CompletableFuture<>());
  }
}
