package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** First come, first served. */
final class EveryFrameQueue extends WaitingFrames {
  private final ArrayDeque<FrameRequest> waiting;

  EveryFrameQueue(Duration staleAfter) {
    this(new ArrayDeque<>(), staleAfter);
  }

  private EveryFrameQueue(ArrayDeque<FrameRequest> waiting, Duration staleAfter) {
    super(waiting, staleAfter);
    this.waiting = waiting;
  }

  @Override
  public void offer(FrameRequest request, Consumer<FrameRequest> superseded) {
    waiting.addLast(request);
    added(request);
  }

  @Override
  public boolean takesAhead() {
    return true;
  }
}
