package io.alcedo.training.data;

import java.util.SplittableRandom;

/**
 * Which pictures a batch has: each epoch goes through all of them in a new order and leaves out
 * those that fill no batch. Depends on the seed and the batch's number only. Safe for several
 * threads.
 */
final class EpochOrder {
  private final PictureSet pictures;
  private final int batchSize;
  private final long seed;
  private Epoch latest = new Epoch(-1, null);

  private record Epoch(long number, PictureSet order) {}

  EpochOrder(PictureSet pictures, int batchSize, long seed) {
    this.pictures = pictures;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  /** A batch's pictures. */
  PictureSet batch(long number) {
    int ofEpoch = pictures.size() / batchSize;
    return order(number / ofEpoch).part((int) (number % ofEpoch) * batchSize, batchSize);
  }

  /** A stream of random numbers of a batch. */
  SplittableRandom random(long number) {
    return stream(number);
  }

  private synchronized PictureSet order(long epoch) {
    if (latest.number() != epoch) {
      latest = new Epoch(epoch, pictures.shuffled(stream(-1 - epoch)));
    }
    return latest.order();
  }

  /** Mixed, because neighbouring seeds of this generator give related streams. */
  private SplittableRandom stream(long number) {
    return new SplittableRandom(
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).nextLong());
  }
}
