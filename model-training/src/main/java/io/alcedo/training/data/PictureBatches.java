package io.alcedo.training.data;

import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Batches of a classifier by number: each epoch goes through all pictures in a new order and leaves
 * out those that fill no batch. A batch depends on the seed and its number only. Safe for several
 * threads.
 */
public final class PictureBatches implements LongFunction<PictureBatch> {
  private final PictureSet pictures;
  private final PictureView view;
  private final int batchSize;
  private final long seed;
  private Epoch latest = new Epoch(-1, null);

  private record Epoch(long number, PictureSet order) {}

  public PictureBatches(PictureSet pictures, PictureView view, int batchSize, long seed) {
    this.pictures = pictures;
    this.view = view;
    this.batchSize = batchSize;
    this.seed = seed;
  }

  @Override
  public PictureBatch apply(long number) {
    int ofEpoch = pictures.size() / batchSize;
    PictureSet order = order(number / ofEpoch);
    int first = (int) (number % ofEpoch) * batchSize;
    SplittableRandom random = stream(number);
    Picture[] views = new Picture[batchSize];
    long[] labels = new long[batchSize];
    for (int i = 0; i < batchSize; i++) {
      views[i] = view.random(order.picture(first + i), random);
      labels[i] = order.label(first + i);
    }
    return PictureBatch.of(views, labels);
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
