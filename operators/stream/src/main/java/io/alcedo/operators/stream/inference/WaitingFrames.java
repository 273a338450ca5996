package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is the same of all queues: frames in the order in which they will be taken. */
abstract class WaitingFrames<R> implements FrameQueue<R> {
  private final Collection<FrameRequest<R>> waiting;
  private final Staleness staleness;
  private long bytes;

  /**
   * Wraps a collection, to which the queue adds.
   *
   * @param staleAfter a frame published longer ago is dropped; null = never
   */
  WaitingFrames(Collection<FrameRequest<R>> waiting, Duration staleAfter) {
    this.waiting = waiting;
    this.staleness = new Staleness(staleAfter);
  }

  final void added(FrameRequest<R> request) {
    bytes += request.part().bytes();
  }

  final void removed(FrameRequest<R> request) {
    bytes -= request.part().bytes();
  }

  @Override
  public final FrameRequest<R> poll(Instant now, Consumer<FrameRequest<R>> stale) {
    Iterator<FrameRequest<R>> round = waiting.iterator();
    while (round.hasNext()) {
      FrameRequest<R> request = round.next();
      round.remove();
      removed(request);
      if (!staleness.applies(request, now)) {
        return request;
      }
      stale.accept(request);
    }
    return null;
  }

  @Override
  public final List<FrameRequest<R>> remove(Predicate<FrameRequest<R>> condition) {
    List<FrameRequest<R>> gone = new ArrayList<>();
    waiting.removeIf(request -> condition.test(request) && gone.add(request));
    gone.forEach(this::removed);
    return gone;
  }

  @Override
  public final int size() {
    return waiting.size();
  }

  @Override
  public final long bytes() {
    return bytes;
  }
}
