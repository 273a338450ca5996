package io.alcedo.app.bench.continual;

import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualConfig.Memory;

/** A way to come to an encoder, of those that are compared. */
enum Arm {
  /** An encoder that never learned. */
  INITIAL("initial"),
  /** The one that was trained offline, left as it is. */
  FROZEN("frozen"),
  /** Learns each batch of arrivals once, in their order. */
  NO_BUFFER("no-buffer"),
  /** Draws from the newest crops. */
  FIFO("fifo"),
  /** Draws from a uniform sample of all crops so far. */
  RESERVOIR("reservoir"),
  /** Draws from the crops that are least alike. */
  MIN_RED("min-red"),
  /** The whole stream in a random order: no stream can do that. */
  SHUFFLED("shuffled");

  private final String code;

  Arm(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }

  boolean learns() {
    return this != INITIAL && this != FROZEN;
  }

  /** How this arm's learner is set up. */
  ContinualConfig learner(ContinualConfig base, String weights, long seed) {
    Memory memory =
        switch (this) {
          case NO_BUFFER -> new Memory("fifo", base.pace().batchSize());
          case FIFO, SHUFFLED -> new Memory("fifo", base.memory().capacity());
          case RESERVOIR -> new Memory("reservoir", base.memory().capacity());
          default -> new Memory("min-red", base.memory().capacity());
        };
    return base.with(memory, this == INITIAL ? null : weights, seed);
  }

  /** The crops in this arm's order; null if it does not learn. */
  BenchStream of(BenchStream stream, long seed) {
    if (!learns()) {
      return null;
    }
    return this == SHUFFLED ? stream.shuffled(seed) : stream;
  }
}
