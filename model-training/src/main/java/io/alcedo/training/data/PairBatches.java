package io.alcedo.training.data;

import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Pairs of views by the number of their batch, in the order of {@link PictureBatches}. A batch
 * depends on the seed and its number only. Safe for several threads.
 */
public final class PairBatches implements LongFunction<PairBatch> {
  private final EpochOrder order;
  private final PictureView first;
  private final PictureView second;

  /**
   * Describes the pairs.
   *
   * @param first makes one view of a picture
   * @param second makes the other one
   */
  public PairBatches(
      PictureSet pictures, PictureView first, PictureView second, int batchSize, long seed) {
    this.order = new EpochOrder(pictures, batchSize, seed);
    this.first = first;
    this.second = second;
  }

  @Override
  public PairBatch apply(long number) {
    PictureSet pictures = order.batch(number);
    SplittableRandom random = order.random(number);
    int size = pictures.size();
    Picture[] ones = new Picture[size];
    Picture[] others = new Picture[size];
    long[] labels = new long[size];
    for (int i = 0; i < size; i++) {
      ones[i] = first.random(pictures.picture(i), random);
      others[i] = second.random(pictures.picture(i), random);
      labels[i] = pictures.label(i);
    }
    return new PairBatch(PictureBatch.of(ones, labels), PictureBatch.of(others, labels));
  }
}
