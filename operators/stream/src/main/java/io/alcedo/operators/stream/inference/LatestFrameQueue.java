package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The newest frame of each camera; cameras take turns. A camera joins the end of the round with its
 * first waiting frame and keeps its place when a newer frame takes that one's place, so a fast
 * camera cannot push the others back.
 */
final class LatestFrameQueue<R> extends WaitingFrames<R> {
  private final Map<String, FrameRequest<R>> newest;

  LatestFrameQueue(Duration staleAfter) {
    this(new LinkedHashMap<>(), staleAfter);
  }

  private LatestFrameQueue(Map<String, FrameRequest<R>> newest, Duration staleAfter) {
    super(newest.values(), staleAfter);
    this.newest = newest;
  }

  @Override
  public void offer(FrameRequest<R> request, Consumer<FrameRequest<R>> superseded) {
    // put on a present key keeps the camera's place in the round.
    FrameRequest<R> overtaken = newest.put(request.camera(), request);
    added(request);
    if (overtaken != null) {
      removed(overtaken);
      superseded.accept(overtaken);
    }
  }

  @Override
  public boolean takesAhead() {
    return false;
  }
}
