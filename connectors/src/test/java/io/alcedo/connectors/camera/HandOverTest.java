package io.alcedo.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HandOverTest {
  @Test
  void letsTheOldestGoForACamera() throws Exception {
    HandOver handOver = new HandOver(1, false);
    assertThat(handOver.put(picture(0))).isZero();
    assertThat(handOver.put(picture(1))).isEqualTo(1);
    assertThat(handOver.put(picture(2))).isEqualTo(1);
    handOver.finish();
    assertThat(handOver.isDrained()).isFalse();
    try (TakenPicture newest = handOver.poll(0)) {
      assertThat(newest.captured()).isEqualTo(Instant.ofEpochSecond(2));
    }
    assertThat(handOver.isDrained()).isTrue();
  }

  @Test
  void keepsEveryPictureOfAFileInOrder() throws Exception {
    HandOver handOver = new HandOver(2, true);
    CompletableFuture<Void> grabbing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 100; i++) {
                assertThat(handOver.put(picture(i))).isZero();
              }
              handOver.finish();
            });
    int next = 0;
    while (!handOver.isDrained()) {
      try (TakenPicture picture = handOver.poll(1_000_000_000L)) {
        if (picture != null) {
          assertThat(picture.captured()).isEqualTo(Instant.ofEpochSecond(next++));
        }
      }
    }
    grabbing.join();
    assertThat(next).isEqualTo(100);
  }

  @Test
  void wakesTheGrabbingThreadWhenClosed() {
    HandOver handOver = new HandOver(1, true);
    assertThat(handOver.put(picture(0))).isZero();
    CompletableFuture<Integer> second =
        CompletableFuture.supplyAsync(() -> handOver.put(picture(1)));
    assertThat(handOver.close()).isEqualTo(1);
    assertThat(second.join()).isEqualTo(1);
    assertThat(handOver.isDrained()).isTrue();
  }

  @Test
  void pollsInVainForAsLongAsItIsTold() throws Exception {
    assertThat(new HandOver(1, false).poll(1_000)).isNull();
  }

  private static TakenPicture picture(int second) {
    return new TakenPicture(new Mat(2, 2, CV_8UC3), Instant.ofEpochSecond(second));
  }
}
