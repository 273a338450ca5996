package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;
import java.time.Duration;

/**
 * How frames are gathered into batches.
 *
 * @param size most frames of one inference
 * @param linger longest wait of the oldest frame for others; must be positive: without it a stream
 *     that keeps fewer frames in flight than a batch holds would wait for ever
 * @param decodeThreads threads that decode pictures
 * @param maxWaiting most frames that wait; more become dead
 * @param maxWaitingBytes most bytes of encoded frames that wait; more become dead
 * @param freshness which frames are worth an inference
 * @param staleAfter a frame published longer ago is dropped; null = never
 */
public record BatchOptions(
    int size,
    Duration linger,
    int decodeThreads,
    int maxWaiting,
    long maxWaitingBytes,
    Freshness freshness,
    Duration staleAfter)
    implements Serializable {

  /** Which frames are worth an inference. */
  public enum Freshness {
    /** All of them: files and replays. */
    EVERY_FRAME,
    /** The newest of each camera; those it overtakes are dropped as superseded. */
    LATEST
  }

  public static final BatchOptions DEFAULT =
      new BatchOptions(4, Duration.ofMillis(20), 1, 1024, 256L << 20, Freshness.EVERY_FRAME, null);

  public BatchOptions {
    require(size >= 1 && size <= 256, "batch size", size, "1 to 256");
    require(
        linger != null && linger.toNanos() > 0 && linger.compareTo(Duration.ofMinutes(1)) <= 0,
        "linger",
        linger,
        "more than 0 and at most a minute");
    require(decodeThreads >= 1 && decodeThreads <= 64, "decode threads", decodeThreads, "1 to 64");
    require(maxWaiting >= size, "waiting frames", maxWaiting, "at least the batch size " + size);
    require(maxWaitingBytes >= 1 << 20, "waiting bytes", maxWaitingBytes, "at least 1 MiB");
    require(
        staleAfter == null || staleAfter.toNanos() > 0, "stale-after", staleAfter, "more than 0");
  }

  private static void require(boolean holds, String what, Object value, String expected) {
    if (!holds) {
      throw new InvalidInputException("%s is %s, expected %s".formatted(what, value, expected));
    }
  }
}
