package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What a learner remembers of a stream: a bounded number of samples, from which its batches are
 * drawn. For one thread. Slots are numbered from 0 to {@link #size}; they stay what they are until
 * the next {@link #add}.
 */
public interface ReplayBuffer {
  /** Takes a sample; one that is there, or the sample itself, goes if there is no room. */
  void add(Sample sample, RandomGenerator random);

  /** Samples that are kept. */
  int size();

  /** Samples that can be kept. */
  int capacity();

  /** The sample in a slot. */
  Sample sample(int slot);

  /**
   * Tells what the encoder makes of a sample, after it was learned.
   *
   * @param feature of length 1; copied
   */
  void learned(int slot, float[] feature);

  /** Writes all that this buffer knows. */
  void write(DataOutput out) throws IOException;

  /**
   * Becomes what was written by a buffer of the same kind and capacity.
   *
   * @throws IOException if it was another's
   */
  void read(DataInput in) throws IOException;

  /**
   * Draws slots, each at most once, uniformly.
   *
   * @param count at most {@link #size}
   */
  default int[] draw(int count, RandomGenerator random) {
    if (count > size()) {
      throw new IllegalArgumentException(
          "%d samples were asked for, there are %d".formatted(count, size()));
    }
    // Floyd's algorithm: no permutation of all slots for a few.
    Set<Integer> drawn = new LinkedHashSet<>();
    for (int i = size() - count; i < size(); i++) {
      int slot = random.nextInt(i + 1);
      drawn.add(drawn.contains(slot) ? i : slot);
    }
    return drawn.stream().mapToInt(Integer::intValue).toArray();
  }
}
