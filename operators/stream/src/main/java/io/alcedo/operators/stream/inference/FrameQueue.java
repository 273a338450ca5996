package io.alcedo.operators.stream.inference;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Frames that wait for a place in a batch, and the rule of which comes next. Not thread-safe. */
interface FrameQueue<R> {

  /** Adds a frame; those that it overtakes leave the queue. */
  void offer(FrameRequest<R> request, Consumer<FrameRequest<R>> superseded);

  /**
   * Takes the next frame.
   *
   * @param now wall clock
   * @param stale receives the frames that waited too long and leave the queue
   * @return null if there is none
   */
  FrameRequest<R> poll(Instant now, Consumer<FrameRequest<R>> stale);

  /** Takes out all that fit a condition. */
  List<FrameRequest<R>> remove(Predicate<FrameRequest<R>> condition);

  int size();

  /** Bytes of the encoded frames that wait. */
  long bytes();

  /**
   * Whether frames may be decoded while another batch runs. Where a newer frame may overtake, they
   * stay here until the engine is free: a decoded frame can no longer be overtaken.
   */
  boolean takesAhead();
}
