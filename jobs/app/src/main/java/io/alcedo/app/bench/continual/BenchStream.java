package io.alcedo.app.bench.continual;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.continual.intake.NearDuplicateGate;
import io.alcedo.training.data.TrackedCrop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What the arms learn from: near duplicates are left out beforehand, so that each arm gets the same
 * crops and makes the same number of updates.
 *
 * @param crops in the order in which they come
 * @param ends how many have come when each phase is over
 */
record BenchStream(List<Crop> crops, List<Integer> ends) {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Between two phases. */
  private static final Duration PAUSE = Duration.ofMinutes(10);

  /**
   * Strings phases together.
   *
   * @param phases crops in the order of time
   * @param leastDifference of the gate, grey levels
   * @throws InvalidInputException if a phase has no crops
   */
  static BenchStream of(List<List<TrackedCrop>> phases, double leastDifference) {
    NearDuplicateGate gate = new NearDuplicateGate(leastDifference);
    List<Crop> crops = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    Instant begin = START;
    for (List<TrackedCrop> phase : phases) {
      Instant latest = begin;
      for (TrackedCrop seen : phase) {
        Instant time = begin.plusNanos(Math.round(seen.seconds() * 1e9));
        latest = time;
        if (gate.accept(seen.camera(), seen.picture())) {
          crops.add(crop(seen, crops.size(), time));
        }
      }
      if (crops.size() == (ends.isEmpty() ? 0 : ends.get(ends.size() - 1))) {
        throw new InvalidInputException(
            "phase %d of the stream has no crops; let it have more frames".formatted(ends.size()));
      }
      ends.add(crops.size());
      begin = latest.plus(PAUSE);
    }
    return new BenchStream(crops, ends);
  }

  private static Crop crop(TrackedCrop seen, int number, Instant time) {
    FrameId frame = new FrameId(seen.camera(), "bench", number);
    Box box = new Box(0, 0, seen.picture().width(), seen.picture().height());
    return new Crop(
        frame.objectId(0),
        frame,
        seen.identity(),
        "person",
        1,
        box,
        null,
        null,
        time,
        time,
        seen.picture().jpeg());
  }

  /** The same crops in a random order; phases end where as many have come. */
  BenchStream shuffled(long seed) {
    List<Crop> mixed = new ArrayList<>(crops);
    Collections.shuffle(mixed, new Random(seed));
    return new BenchStream(mixed, ends);
  }
}
