package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  private final List<FrameRequest<Detections>> left = new ArrayList<>();

  @Test
  void everyFrameServesInOrder() {
    FrameQueue<Detections> queue = new EveryFrameQueue<>(null);
    FrameRequest<Detections> first = offer(queue, "gate", NOW);
    FrameRequest<Detections> second = offer(queue, "gate", NOW);

    assertThat(queue.bytes()).isEqualTo(20);
    assertThat(queue.poll(NOW, left::add)).isSameAs(first);
    assertThat(queue.poll(NOW, left::add)).isSameAs(second);
    assertThat(queue.poll(NOW, left::add)).isNull();
    assertThat(queue.bytes()).isZero();
    assertThat(left).isEmpty();
  }

  @Test
  void latestKeepsTheNewestOfEachCamera() {
    FrameQueue<Detections> queue = new LatestFrameQueue<>(null);
    FrameRequest<Detections> old = offer(queue, "gate", NOW);
    FrameRequest<Detections> other = offer(queue, "door", NOW);
    FrameRequest<Detections> newest = offer(queue, "gate", NOW);

    assertThat(left).containsExactly(old);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(queue.bytes()).isEqualTo(20);
    assertThat(queue.poll(NOW, left::add)).isSameAs(newest);
    assertThat(queue.poll(NOW, left::add)).isSameAs(other);
  }

  @Test
  void latestLetsCamerasTakeTurns() {
    FrameQueue<Detections> queue = new LatestFrameQueue<>(null);
    offer(queue, "fast", NOW);
    FrameRequest<Detections> slow = offer(queue, "slow", NOW);
    queue.poll(NOW, left::add);
    FrameRequest<Detections> fastAgain = offer(queue, "fast", NOW);

    assertThat(queue.poll(NOW, left::add)).isSameAs(slow);
    assertThat(queue.poll(NOW, left::add)).isSameAs(fastAgain);
  }

  @Test
  void aStaleFrameLeavesWhenItsTurnComes() {
    for (FrameQueue<Detections> queue :
        List.<FrameQueue<Detections>>of(
            new EveryFrameQueue<>(Duration.ofSeconds(1)),
            new LatestFrameQueue<>(Duration.ofSeconds(1)))) {
      left.clear();
      FrameRequest<Detections> stale = offer(queue, "gate", NOW.minusMillis(1001));
      FrameRequest<Detections> justInTime = offer(queue, "door", NOW.minusMillis(1000));

      assertThat(queue.poll(NOW, left::add)).isSameAs(justInTime);
      assertThat(left).containsExactly(stale);
      assertThat(queue.bytes()).isZero();
    }
  }

  private FrameRequest<Detections> offer(
      FrameQueue<Detections> queue, String camera, Instant published) {
    FrameRequest<Detections> request =
        new FrameRequest<>(
            "owner",
            camera,
            published,
            PicturePart.whole(new byte[10]),
            0,
            new CompletableFuture<>());
    queue.offer(request, left::add);
    return request;
  }
}
