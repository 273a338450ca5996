package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The slots that all buffers have, and how they are written. */
abstract class SampleSlots implements ReplayBuffer {
  private static final int VERSION = 1;

  private final int capacity;
  final List<Sample> samples = new ArrayList<>();

  SampleSlots(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "capacity is %d, expected 1 sample or more".formatted(capacity));
    }
    this.capacity = capacity;
  }

  /** Names the kind of buffer in what is written. */
  abstract String kind();

  /** Writes what this kind knows besides. */
  abstract void writeMore(DataOutput out) throws IOException;

  /** Reads what {@link #writeMore} wrote. */
  abstract void readMore(DataInput in) throws IOException;

  @Override
  public final int size() {
    return samples.size();
  }

  @Override
  public final int capacity() {
    return capacity;
  }

  @Override
  public final Sample sample(int slot) {
    return samples.get(slot);
  }

  @Override
  public final void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeUTF(kind());
    out.writeInt(capacity);
    out.writeInt(samples.size());
    for (Sample sample : samples) {
      sample.write(out);
    }
    writeMore(out);
  }

  @Override
  public final void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the buffer was written by version %d, this Alcedo reads version %d"
              .formatted(version, VERSION));
    }
    String kind = in.readUTF();
    int saved = in.readInt();
    if (!kind.equals(kind()) || saved != capacity) {
      throw new IOException(
          "the saved buffer is a %s of %d samples, this one is a %s of %d: restore it with its own settings, or begin anew"
              .formatted(kind, saved, kind(), capacity));
    }
    samples.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      samples.add(Sample.read(in));
    }
    readMore(in);
  }
}
