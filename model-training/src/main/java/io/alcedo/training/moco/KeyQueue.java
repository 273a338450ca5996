package io.alcedo.training.moco;

import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.ops.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The last keys, which are a query's negatives (He et al. 2020, section 3.2): a ring of K columns,
 * each with a number that says what it is of. Owns its tensor; not thread-safe.
 */
final class KeyQueue implements AutoCloseable {
  /** Number of a key that is of nothing in particular; it matches no other. */
  static final long NO_ID = -1;

  private static final String KEYS = "queue";
  private static final String IDS = "queue_ids";
  private static final String POINTER = "queue_ptr";

  private final Tensor keys; // [dim, K], columns of length 1
  private final long[] ids; // [K]
  private int pointer;

  private KeyQueue(Tensor keys, long[] ids, int pointer) {
    this.keys = keys;
    this.ids = ids;
    this.pointer = pointer;
  }

  /** Filled with random directions, as the first steps need negatives too. */
  static KeyQueue random(int dim, int size, RandomGenerator random) {
    float[] values = new float[dim * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    for (int column = 0; column < size; column++) {
      double square = 0;
      for (int i = column; i < values.length; i += size) {
        square += (double) values[i] * values[i];
      }
      for (int i = column; i < values.length; i += size) {
        values[i] = (float) (values[i] / Math.sqrt(square));
      }
    }
    long[] ids = new long[size];
    Arrays.fill(ids, NO_ID);
    return of(values, dim, ids, 0);
  }

  /** Number of keys in a saved state; 0 if it has no queue. */
  static long sizeIn(Map<String, Entry> state) {
    return state.containsKey(KEYS) ? state.get(KEYS).shape()[1] : 0;
  }

  /** As it was saved by {@link #state}. */
  static KeyQueue of(Map<String, Entry> state) {
    Entry keys = state.get(KEYS);
    int pointer = Math.toIntExact(state.get(POINTER).longs()[0]);
    int dim = Math.toIntExact(keys.shape()[0]);
    return of(keys.floats(), dim, state.get(IDS).longs(), pointer);
  }

  private static KeyQueue of(float[] values, int dim, long[] ids, int pointer) {
    if (values.length != dim * ids.length || pointer < 0 || pointer >= ids.length) {
      throw new IllegalArgumentException(
          "%d values and pointer %d of a queue of %d keys of %d"
              .formatted(values.length, pointer, ids.length, dim));
    }
    try (PointerScope scope = new PointerScope()) {
      Tensor keys = Tensors.of(values, dim, ids.length);
      keys.retainReference();
      return new KeyQueue(keys, ids.clone(), pointer);
    }
  }

  /** Keys, ids and pointer, copied to the heap. */
  Map<String, Entry> state() {
    Map<String, Entry> state = new LinkedHashMap<>();
    state.put(KEYS, Entry.of(Tensors.floats(keys), keys.shape()));
    state.put(IDS, Entry.of(ids.clone(), ids.length));
    state.put(POINTER, Entry.of(new long[] {pointer}, 1));
    return state;
  }

  /** K. */
  int size() {
    return ids.length;
  }

  /** The keys themselves, [dim, K]; they change with the next {@link #enqueue}. */
  Tensor keys() {
    return keys;
  }

  /** What each column is of, [K]. */
  long[] ids() {
    return ids.clone();
  }

  /** The column that is replaced next. */
  int pointer() {
    return pointer;
  }

  /**
   * Replaces the oldest keys.
   *
   * @param added [N, dim] of length 1, N at most K
   * @param of what they are of, [N]
   */
  void enqueue(Tensor added, long[] of) {
    int count = of.length;
    if (count > size() || added.size(0) != count) {
      throw new IllegalArgumentException(
          "%d keys and %d ids for a queue of %d".formatted(added.size(0), count, size()));
    }
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor columns = added.t(); // [dim, N]
      int first = Math.min(count, size() - pointer);
      keys.narrow(1, pointer, first).copy_(columns.narrow(1, 0, first));
      if (first < count) {
        keys.narrow(1, 0, count - first).copy_(columns.narrow(1, first, count - first));
      }
    }
    for (int i = 0; i < count; i++) {
      ids[(pointer + i) % size()] = of[i];
    }
    pointer = (pointer + count) % size();
  }

  @Override
  public void close() {
    keys.close();
  }
}
