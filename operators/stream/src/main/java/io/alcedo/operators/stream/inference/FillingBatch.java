package io.alcedo.operators.stream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which slots of a batch are taken, by whom, and whether it is time to run it. Holds no thread and
 * no clock. Not thread-safe.
 */
final class FillingBatch<R> {
  private final FrameBatch frames;
  private final List<FrameRequest<R>> requests; // null where a slot is free
  private final boolean[] ready;
  private int reserved;
  private int decoding;
  private boolean sealed;

  FillingBatch(FrameBatch frames) {
    this.frames = frames;
    this.requests = new ArrayList<>(Collections.nCopies(frames.capacity(), null));
    this.ready = new boolean[frames.capacity()];
  }

  FrameBatch frames() {
    return frames;
  }

  boolean hasRoom() {
    return !sealed && reserved < requests.size();
  }

  /** Takes a slot for a frame that is now being decoded. */
  int reserve(FrameRequest<R> request) {
    if (!hasRoom()) {
      throw new IllegalStateException("batch is full or sealed");
    }
    int slot = requests.indexOf(null);
    requests.set(slot, request);
    reserved++;
    decoding++;
    return slot;
  }

  /** The picture of a slot is there. */
  void ready(int slot) {
    ready[slot] = true;
    decoding--;
  }

  /** The picture of a slot will never be there: the slot is free again. */
  void vacate(int slot) {
    requests.set(slot, null);
    reserved--;
    decoding--;
  }

  /** No frame may join any more. */
  void seal() {
    sealed = true;
  }

  boolean isDecoding() {
    return decoding > 0;
  }

  boolean isEmpty() {
    return reserved == 0;
  }

  /**
   * How long until the batch shall run: 0 when it is full, or when the oldest frame has waited for
   * the linger and no other waits outside that could join.
   *
   * @return ns; Long.MAX_VALUE while only another frame can change that
   */
  long nanosUntilDue(long now, long linger, boolean othersWait) {
    if (reserved == requests.size()) {
      return 0;
    }
    if (reserved == 0 || othersWait) {
      return Long.MAX_VALUE;
    }
    long oldest = Long.MIN_VALUE;
    for (FrameRequest<R> request : requests) {
      oldest = request == null ? oldest : Math.max(oldest, now - request.submitted());
    }
    return Math.max(0, linger - oldest);
  }

  /** Moves the pictures together at the front; their requests in the order of the slots. */
  List<FrameRequest<R>> compact() {
    int hole = 0;
    List<FrameRequest<R>> present = new ArrayList<>(reserved);
    for (int slot = 0; slot < requests.size(); slot++) {
      if (requests.get(slot) == null || !ready[slot]) {
        continue;
      }
      if (slot != hole) {
        frames.move(slot, hole);
      }
      present.add(requests.get(slot));
      hole++;
    }
    return present;
  }

  /** Empties the batch for the next frames. */
  void reset() {
    Collections.fill(requests, null);
    Arrays.fill(ready, false);
    reserved = 0;
    decoding = 0;
    sealed = false;
  }
}
