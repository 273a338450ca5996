package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** First come, first served. */
final class EveryFrameQueue<R> extends WaitingFrames<R> {
  private final ArrayDeque<FrameRequest<R>> waiting;

  EveryFrameQueue(Duration staleAfter) {
    this(new ArrayDeque<>(), staleAfter);
  }

  private EveryFrameQueue(ArrayDeque<FrameRequest<R>> waiting, Duration staleAfter) {
    super(waiting, staleAfter);
    this.waiting = waiting;
  }

  @Override
  public void offer(FrameRequest<R> request, Consumer<FrameRequest<R>> superseded) {
    waiting.addLast(request);
    added(request);
  }

  @Override
  public boolean takesAhead() {
    return true;
  }
}
