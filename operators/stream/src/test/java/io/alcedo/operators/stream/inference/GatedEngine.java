package io.alcedo.operators.stream.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;

/** An engine that runs when the test lets it, and that dark pictures make fail. */
final class GatedEngine implements BatchEngine<Detections> {
  final Semaphore gate;
  final Semaphore entered = new Semaphore(0);
  final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
  volatile boolean closed;

  private final boolean batched;

  GatedEngine(int runs, boolean batched) {
    this.gate = new Semaphore(runs);
    this.batched = batched;
  }

  @Override
  public FrameBatch newBatch(int capacity) {
    return new FrameBatch(capacity, Inputs.letterbox(16, 16));
  }

  @Override
  public boolean isBatched() {
    return batched;
  }

  @Override
  public List<Detections> run(FrameBatch batch, int from, int count) {
    batches.add(count);
    entered.release();
    gate.acquireUninterruptibly();
    List<Detections> results = new ArrayList<>();
    for (int slot = from; slot < from + count; slot++) {
      int brightness = batch.images(slot, 1).get(0) & 0xFF;
      if (brightness < 10) {
        throw new InferenceException("a dark picture");
      }
      results.add(
          new Detections(new float[4], new int[] {1}, new float[] {brightness}, Masks.NONE));
    }
    return results;
  }

  @Override
  public void close() {
    closed = true;
  }
}
