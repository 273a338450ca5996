package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FillingBatchTest {
  private static final long LINGER = 100;

  private final FrameBatch frames = new FrameBatch(3, Inputs.letterbox(8, 8));
  private final FillingBatch<Detections> batch = new FillingBatch<>(frames);

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
    FrameRequest<Detections> first = request(0);
    FrameRequest<Detections> last = request(2);
    batch.ready(batch.reserve(first));
    int bad = batch.reserve(request(1));
    batch.ready(batch.reserve(last));
    batch.vacate(bad);
    for (int slot = 0; slot < 3; slot++) {
      try (Scalar brightness = new Scalar(slot, slot, slot, 0);
          Mat grey = new Mat(8, 8, CV_8UC3, brightness)) {
        frames.place(slot, grey);
      }
    }

    assertThat(batch.compact()).containsExactly(first, last);
    assertThat(frames.images(1, 1).get(0)).isEqualTo((byte) 2);
  }

  private static FrameRequest<Detections> request(long submitted) {
    return new FrameRequest<>(
        "owner",
        "gate",
        Instant.EPOCH,
        PicturePart.whole(new byte[1]),
        submitted,
        new CompletableFuture<>());
  }
}
