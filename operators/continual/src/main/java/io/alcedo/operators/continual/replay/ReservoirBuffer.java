package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/**
 * Keeps a uniform choice of all samples that ever came (Vitter 1985, algorithm R): each is in it
 * with the same probability.
 */
public final class ReservoirBuffer extends SampleSlots {
  private long offered;

  public ReservoirBuffer(int capacity) {
    super(capacity);
  }

  @Override
  public void add(Sample sample, RandomGenerator random) {
    offered++;
    if (samples.size() < capacity()) {
      samples.add(sample);
      return;
    }
    long slot = random.nextLong(offered);
    if (slot < capacity()) {
      samples.set((int) slot, sample);
    }
  }

  @Override
  public void learned(int slot, float[] feature) {}

  @Override
  String kind() {
    return "reservoir";
  }

  @Override
  void writeMore(DataOutput out) throws IOException {
    out.writeLong(offered);
  }

  @Override
  void readMore(DataInput in) throws IOException {
    offered = in.readLong();
  }
}
