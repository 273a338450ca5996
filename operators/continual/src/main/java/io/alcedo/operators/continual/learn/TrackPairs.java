package io.alcedo.operators.continual.learn;

import io.alcedo.operators.continual.replay.ReplayBuffer;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.training.data.Positives;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Chooses what a crop is drawn to. */
final class TrackPairs {
  private static final Duration APART = Duration.ofMillis(500);

  private final ReplayBuffer buffer;
  private final Map<String, List<Integer>> slots = new HashMap<>();

  TrackPairs(ReplayBuffer buffer, Positives positives) {
    this.buffer = buffer;
    if (positives == Positives.TRACK) {
      for (int slot = 0; slot < buffer.size(); slot++) {
        String track = buffer.sample(slot).track();
        slots.computeIfAbsent(track, unused -> new ArrayList<>()).add(slot);
      }
    }
  }

  /** Another crop of the track at another time, or the crop itself. */
  Sample partner(int slot, RandomGenerator random) {
    Sample sample = buffer.sample(slot);
    List<Sample> others = new ArrayList<>();
    for (int other : slots.getOrDefault(sample.track(), List.of())) {
      Sample candidate = buffer.sample(other);
      Duration between = Duration.between(sample.captureTime(), candidate.captureTime()).abs();
      if (between.compareTo(APART) >= 0) {
        others.add(candidate);
      }
    }
    return others.isEmpty() ? sample : others.get(random.nextInt(others.size()));
  }
}
