package io.alcedo.operators.continual.replay;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Minimum redundancy (Purushwalkam et al. 2022, section 4.2): every sample enters; when there is no
 * room, one of the two learned samples that are most alike goes. What has not been learned yet has
 * no feature and stays; if fewer than two have been learned the oldest goes.
 *
 * <p>A sample's feature is a running mean with factor 0.5 over the times it was learned, brought to
 * length 1. Each sample's most similar other one is remembered: taking a feature in costs one pass
 * over the buffer, not all pairs.
 */
public final class MinRedBuffer extends SampleSlots {
  private static final float STAYS = 0.5f;
  private static final int NONE = -1;

  private final List<Entry> entries = new ArrayList<>();
  private long arrivals;

  /** What is known of the sample in the same slot. */
  private static final class Entry {
    final long arrival;
    float[] feature;
    int nearest = NONE;
    float similarity;

    Entry(long arrival) {
      this.arrival = arrival;
    }
  }

  public MinRedBuffer(int capacity) {
    super(capacity);
  }

  @Override
  public void add(Sample sample, RandomGenerator random) {
    if (samples.size() == capacity()) {
      remove(redundant());
    }
    samples.add(sample);
    entries.add(new Entry(arrivals++));
  }

  /** The older of the two that are most alike; ties go to the lower slot. */
  private int redundant() {
    int most = NONE;
    for (int slot = 0; slot < entries.size(); slot++) {
      Entry entry = entries.get(slot);
      if (entry.nearest != NONE
          && (most == NONE || entry.similarity > entries.get(most).similarity)) {
        most = slot;
      }
    }
    if (most == NONE) {
      return oldest();
    }
    int other = entries.get(most).nearest;
    return entries.get(other).arrival < entries.get(most).arrival ? other : most;
  }

  private int oldest() {
    int oldest = 0;
    for (int slot = 1; slot < entries.size(); slot++) {
      if (entries.get(slot).arrival < entries.get(oldest).arrival) {
        oldest = slot;
      }
    }
    return oldest;
  }

  /** The last slot's sample takes the place of the one that goes. */
  private void remove(int slot) {
    int last = entries.size() - 1;
    entries.set(slot, entries.get(last));
    samples.set(slot, samples.get(last));
    entries.remove(last);
    samples.remove(last);
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.nearest == slot) {
        compareWithAll(i);
      } else if (entry.nearest == last) {
        entry.nearest = slot;
      }
    }
  }

  @Override
  public void learned(int slot, float[] feature) {
    Entry entry = entries.get(slot);
    entry.feature = entry.feature == null ? feature.clone() : mean(entry.feature, feature);
    entry.nearest = NONE;
    for (int i = 0; i < entries.size(); i++) {
      Entry other = entries.get(i);
      if (i == slot || other.feature == null) {
        continue;
      }
      float similarity = dot(entry.feature, other.feature);
      take(entry, i, similarity);
      if (other.nearest == slot && similarity < other.similarity) {
        compareWithAll(i);
      } else {
        take(other, slot, similarity);
      }
    }
  }

  private static void take(Entry entry, int other, float similarity) {
    if (entry.nearest == NONE || entry.nearest == other || similarity > entry.similarity) {
      entry.nearest = other;
      entry.similarity = similarity;
    }
  }

  private void compareWithAll(int slot) {
    Entry entry = entries.get(slot);
    entry.nearest = NONE;
    for (int i = 0; i < entries.size(); i++) {
      float[] other = entries.get(i).feature;
      if (i != slot && other != null) {
        take(entry, i, dot(entry.feature, other));
      }
    }
  }

  private static float[] mean(float[] before, float[] now) {
    float[] mean = new float[before.length];
    double squares = 0;
    for (int i = 0; i < mean.length; i++) {
      mean[i] = STAYS * before[i] + (1 - STAYS) * now[i];
      squares += (double) mean[i] * mean[i];
    }
    if (squares == 0) {
      return now.clone();
    }
    float length = (float) Math.sqrt(squares);
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= length;
    }
    return mean;
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  String kind() {
    return "min-red";
  }

  @Override
  void writeMore(DataOutput out) throws IOException {
    out.writeLong(arrivals);
    for (Entry entry : entries) {
      out.writeLong(entry.arrival);
      out.writeInt(entry.nearest);
      out.writeFloat(entry.similarity);
      out.writeInt(entry.feature == null ? 0 : entry.feature.length);
      if (entry.feature != null) {
        for (float value : entry.feature) {
          out.writeFloat(value);
        }
      }
    }
  }

  @Override
  void readMore(DataInput in) throws IOException {
    arrivals = in.readLong();
    entries.clear();
    for (int i = 0; i < size(); i++) {
      Entry entry = new Entry(in.readLong());
      entry.nearest = in.readInt();
      entry.similarity = in.readFloat();
      int length = in.readInt();
      if (length > 0) {
        entry.feature = new float[length];
        for (int k = 0; k < length; k++) {
          entry.feature[k] = in.readFloat();
        }
      }
      entries.add(entry);
    }
  }
}
