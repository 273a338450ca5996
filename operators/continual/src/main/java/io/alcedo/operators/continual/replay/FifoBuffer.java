package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.random.RandomGenerator;

/** Keeps the newest samples. As large as a batch, it is no memory at all. */
public final class FifoBuffer extends SampleSlots {
  private int oldest;

  public FifoBuffer(int capacity) {
    super(capacity);
  }

  @Override
  public void add(Sample sample, RandomGenerator random) {
    if (samples.size() < capacity()) {
      samples.add(sample);
    } else {
      samples.set(oldest, sample);
      oldest = (oldest + 1) % capacity();
    }
  }

  @Override
  public void learned(int slot, float[] feature) {}

  @Override
  String kind() {
    return "fifo";
  }

  @Override
  void writeMore(DataOutput out) throws IOException {
    out.writeInt(oldest);
  }

  @Override
  void readMore(DataInput in) throws IOException {
    oldest = in.readInt();
  }
}
