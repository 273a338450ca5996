package io.alcedo.training.checkpoint;

import java.lang.management.ManagementFactory;

/** Measures what a piece of code allocates on the heap, in its own thread. */
final class Allocation {
  private Allocation() {}

  /** Bytes, garbage included. */
  static long of(Runnable code) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    code.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
