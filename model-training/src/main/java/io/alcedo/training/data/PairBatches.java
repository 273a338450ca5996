package io.alcedo.training.data;

import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Pairs of views by the number of their batch, in the order of {@link PictureBatches}. Labels are
 * the classes of the first views' pictures. A batch depends on the seed and its number only. Safe
 * for several threads.
 */
public final class PairBatches implements LongFunction<PairBatch> {
  private final EpochOrder order;
  private final PictureView first;
  private final PictureView second;
  private final TrackPartners partners;

  /**
   * Describes the pairs.
   *
   * @param positives whether both views are of one picture; of another one of its track the
   *     pictures' names tell camera and time ({@link CropName})
   * @param first makes one view
   * @param second makes the other one
   * @throws io.alcedo.connectors.InvalidInputException if a name does not
   */
  public PairBatches(
      PictureSet pictures,
      Positives positives,
      PictureView first,
      PictureView second,
      int batchSize,
      long seed) {
    this.order = new EpochOrder(pictures, batchSize, seed);
    this.first = first;
    this.second = second;
    this.partners = positives == Positives.TRACK ? new TrackPartners(pictures) : null;
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
      others[i] = second.random(other(pictures, i, random), random);
      labels[i] = pictures.label(i);
    }
    return new PairBatch(PictureBatch.of(ones, labels), PictureBatch.of(others, labels));
  }

  private Picture other(PictureSet batch, int index, SplittableRandom random) {
    if (partners == null) {
      return batch.picture(index);
    }
    return batch.folder().picture(partners.partner(batch.indices()[index], random));
  }
}
