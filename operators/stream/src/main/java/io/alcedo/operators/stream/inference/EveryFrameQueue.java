package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** First come, first served. */
final class EveryFrameQueue implements FrameQueue {
  private final ArrayDeque<FrameRequest> waiting = new ArrayDeque<>();
  private final Staleness staleness;
  private long bytes;

  EveryFrameQueue(Duration staleAfter) {
    this.staleness = new Staleness(staleAfter);
  }

  @Override
  public void offer(FrameRequest request, Consumer<FrameRequest> superseded) {
    waiting.addLast(request);
    bytes += request.jpeg().length;
  }

  @Override
  public FrameRequest poll(Instant now, Consumer<FrameRequest> stale) {
    while (!waiting.isEmpty()) {
      FrameRequest request = waiting.removeFirst();
      bytes -= request.jpeg().length;
      if (!staleness.applies(request, now)) {
        return request;
      }
      stale.accept(request);
    }
    return null;
  }

  @Override
  public List<FrameRequest> remove(Predicate<FrameRequest> condition) {
    List<FrameRequest> removed = new ArrayList<>();
    waiting.removeIf(request -> condition.test(request) && removed.add(request));
    removed.forEach(request -> bytes -= request.jpeg().length);
    return removed;
  }

  @Override
  public int size() {
    return waiting.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean takesAhead() {
    return true;
  }
}
