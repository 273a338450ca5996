package io.alcedo.connectors.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The few pictures between the thread that grabs and the thread that sends. Full, it either makes
 * the grabbing thread wait (no picture of a file is lost) or lets the oldest picture go (a camera
 * does not wait).
 */
final class HandOver {
  private final int capacity;
  private final boolean keepsAll;
  private final Deque<TakenPicture> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean finished;
  private boolean closed;

  HandOver(int capacity, boolean keepsAll) {
    this.capacity = capacity;
    this.keepsAll = keepsAll;
  }

  /**
   * Hands over a picture.
   *
   * @return how many pictures go unsent for it: the oldest, or itself if this is closed
   */
  int put(TakenPicture picture) {
    lock.lock();
    try {
      while (keepsAll && !closed && waiting.size() == capacity) {
        // Closing this wakes it; an interrupt would lose the picture's count.
        changed.awaitUninterruptibly();
      }
      if (closed) {
        picture.close();
        return 1;
      }
      int skipped = 0;
      if (waiting.size() == capacity) {
        waiting.removeFirst().close();
        skipped = 1;
      }
      waiting.addLast(picture);
      changed.signalAll();
      return skipped;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest picture; null if none came within a time, or none will come any more. */
  TakenPicture poll(long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (waiting.isEmpty() && !finished && left > 0) {
        left = changed.awaitNanos(left);
      }
      changed.signalAll();
      return waiting.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** No more pictures come. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether no more pictures come and none waits. */
  boolean isDrained() {
    lock.lock();
    try {
      return finished && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets all waiting pictures go, and those that still come.
   *
   * @return how many were waiting
   */
  int close() {
    lock.lock();
    try {
      int skipped = waiting.size();
      waiting.forEach(TakenPicture::close);
      waiting.clear();
      closed = true;
      finished = true;
      changed.signalAll();
      return skipped;
    } finally {
      lock.unlock();
    }
  }
}
