package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Dropped;
import io.alcedo.operators.stream.inference.Outcome.Inferred;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MicroBatcherTest {
  private static final Duration NEVER = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofMillis(20);
  private static final int FOREVER = 1_000_000;

  private GatedEngine engine;
  private MicroBatcher<Detections> batcher;

  @AfterEach
  void close() {
    engine.gate.release(FOREVER);
    batcher.close();
    assertThat(engine.closed).isTrue();
  }

  @Test
  void runsAtOnceWhenTheBatchIsFull() throws Exception {
    start(FOREVER, NEVER, 64, Freshness.EVERY_FRAME);
    List<CompletableFuture<Outcome<Detections>>> outcomes =
        submit("a", Frames.GATE, 4, Frames.BRIGHT);

    for (CompletableFuture<Outcome<Detections>> outcome : outcomes) {
      assertThat(get(outcome)).isInstanceOf(Inferred.class);
    }
    assertThat(engine.batches).containsExactly(4);
  }

  @Test
  void runsAPartBatchAfterTheLinger() throws Exception {
    start(FOREVER, SOON, 64, Freshness.EVERY_FRAME);

    Outcome<Detections> outcome = get(submit("a", Frames.GATE, 1, Frames.BRIGHT).get(0));

    assertThat(((Inferred<Detections>) outcome).batchSize()).isEqualTo(1);
  }

  @Test
  void theNextBatchFillsWhileOneRuns() throws Exception {
    start(0, SOON, 64, Freshness.EVERY_FRAME);
    submit("a", Frames.GATE, 1, Frames.BRIGHT);
    engine.entered.acquire();
    List<CompletableFuture<Outcome<Detections>>> next = submit("a", Frames.GATE, 4, Frames.BRIGHT);
    engine.gate.release(2);

    assertThat(((Inferred<Detections>) get(next.get(3))).batchSize()).isEqualTo(4);
    assertThat(engine.batches).containsExactly(1, 4);
  }

  @Test
  void oneBadPictureNeverFailsItsNeighbours() throws Exception {
    start(FOREVER, SOON, 64, Freshness.EVERY_FRAME);
    List<CompletableFuture<Outcome<Detections>>> outcomes = new ArrayList<>();
    for (byte[] picture :
        List.of(Frames.BRIGHT, Frames.DARK, Frames.TRUNCATED_JPEG, Frames.BRIGHT)) {
      outcomes.addAll(submit("a", Frames.GATE, 1, picture));
    }

    assertThat(get(outcomes.get(0))).isInstanceOf(Inferred.class);
    assertThat(get(outcomes.get(1))).isEqualTo(new Dead<>("inference failed: a dark picture"));
    assertThat(((Dead<Detections>) get(outcomes.get(2))).reason()).startsWith("truncated JPEG");
    assertThat(get(outcomes.get(3))).isInstanceOf(Inferred.class);
  }

  @Test
  void anEngineThatTakesOnePictureRunsThemOneByOneInOneTurn() throws Exception {
    engine = new GatedEngine(FOREVER, false);
    start(engine, NEVER, 64, Freshness.EVERY_FRAME);
    List<CompletableFuture<Outcome<Detections>>> outcomes = new ArrayList<>();
    for (byte[] picture : List.of(Frames.BRIGHT, Frames.DARK, Frames.BRIGHT, Frames.BRIGHT)) {
      outcomes.addAll(submit("a", Frames.GATE, 1, picture));
    }

    assertThat(((Inferred<Detections>) get(outcomes.get(3))).batchSize()).isEqualTo(1);
    assertThat(get(outcomes.get(1))).isEqualTo(new Dead<>("inference failed: a dark picture"));
    assertThat(engine.batches).containsExactly(1, 1, 1, 1);
  }

  @Test
  void refusesWhatWouldOverflowTheQueue() throws Exception {
    start(0, SOON, 4, Freshness.EVERY_FRAME);
    submit("a", Frames.GATE, 1, Frames.BRIGHT);
    engine.entered.acquire(); // one runs, four fill the next batch, four wait
    List<CompletableFuture<Outcome<Detections>>> outcomes =
        submit("a", Frames.GATE, 12, Frames.BRIGHT);

    assertThat(get(outcomes.get(11))).isEqualTo(new Dead<>("queue full: 4 frames wait"));
    engine.gate.release(FOREVER);
    assertThat(get(outcomes.get(0))).isInstanceOf(Inferred.class);
  }

  @Test
  void cancellingAnOwnerTouchesNobodyElse() throws Exception {
    start(0, SOON, 64, Freshness.EVERY_FRAME);
    submit("a", Frames.GATE, 1, Frames.BRIGHT);
    engine.entered.acquire();
    submit("a", Frames.GATE, 4, Frames.BRIGHT);
    List<CompletableFuture<Outcome<Detections>>> gone =
        submit("gone", Frames.GATE, 6, Frames.BRIGHT);
    List<CompletableFuture<Outcome<Detections>>> stays = submit("a", Frames.GATE, 1, Frames.BRIGHT);
    batcher.cancel("gone");

    assertThat(gone.get(5)).isCancelled();
    engine.gate.release(FOREVER);
    assertThat(get(stays.get(0))).isInstanceOf(Inferred.class);
  }

  @Test
  void latestDropsWhatANewerFrameOvertakes() throws Exception {
    start(0, SOON, 64, Freshness.LATEST);
    submit("a", Frames.GATE, 1, Frames.BRIGHT);
    engine.entered.acquire();
    List<CompletableFuture<Outcome<Detections>>> gate = submit("a", Frames.GATE, 5, Frames.BRIGHT);
    List<CompletableFuture<Outcome<Detections>>> door =
        submit("a", Frames.FRONT_DOOR, 2, Frames.BRIGHT);

    assertThat(get(gate.get(3))).isEqualTo(new Dropped<>(Dropped.SUPERSEDED));
    assertThat(get(door.get(0))).isEqualTo(new Dropped<>(Dropped.SUPERSEDED));
    engine.gate.release(FOREVER);
    assertThat(((Inferred<Detections>) get(gate.get(4))).batchSize()).isEqualTo(2);
    assertThat(get(door.get(1))).isInstanceOf(Inferred.class);
  }

  private void start(int runs, Duration linger, int maxWaiting, Freshness freshness) {
    engine = new GatedEngine(runs, true);
    start(engine, linger, maxWaiting, freshness);
  }

  private void start(GatedEngine gated, Duration linger, int maxWaiting, Freshness freshness) {
    BatchOptions options = new BatchOptions(4, linger, 2, maxWaiting, 1 << 20, freshness, null);
    Clock clock = Clock.fixed(Frames.START, ZoneOffset.UTC);
    batcher = new MicroBatcher<>(gated, options, FrameDecoder.DEFAULT, System::nanoTime, clock);
  }

  private List<CompletableFuture<Outcome<Detections>>> submit(
      String owner, String camera, int count, byte[] picture) {
    List<CompletableFuture<Outcome<Detections>>> outcomes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outcomes.add(batcher.submit(owner, camera, Frames.START, PicturePart.whole(picture)));
    }
    return outcomes;
  }

  private static Outcome<Detections> get(CompletableFuture<Outcome<Detections>> outcome)
      throws Exception {
    return outcome.get(20, TimeUnit.SECONDS);
  }
}
