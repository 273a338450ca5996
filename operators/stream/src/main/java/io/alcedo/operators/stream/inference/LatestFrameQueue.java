package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The newest frame of each camera; cameras take turns. A camera joins the end of the round with its
 * first waiting frame and keeps its place when a newer frame takes that one's place, so a fast
 * camera cannot push the others back.
 */
final class LatestFrameQueue implements FrameQueue {
  private final Map<String, FrameRequest> newest = new LinkedHashMap<>();
  private final Staleness staleness;
  private long bytes;

  LatestFrameQueue(Duration staleAfter) {
    this.staleness = new Staleness(staleAfter);
  }

  @Override
  public void offer(FrameRequest request, Consumer<FrameRequest> superseded) {
    // put on a present key keeps the camera's place in the round.
    FrameRequest overtaken = newest.put(request.camera(), request);
    bytes += request.jpeg().length;
    if (overtaken != null) {
      bytes -= overtaken.jpeg().length;
      superseded.accept(overtaken);
    }
  }

  @Override
  public FrameRequest poll(Instant now, Consumer<FrameRequest> stale) {
    Iterator<FrameRequest> round = newest.values().iterator();
    while (round.hasNext()) {
      FrameRequest request = round.next();
      round.remove();
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
    newest.values().removeIf(request -> condition.test(request) && removed.add(request));
    removed.forEach(request -> bytes -= request.jpeg().length);
    return removed;
  }

  @Override
  public int size() {
    return newest.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean takesAhead() {
    return false;
  }
}
