package io.alcedo.training.data;

import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Batches of a classifier by number: each epoch goes through all pictures in a new order and leaves
 * out those that fill no batch. A batch depends on the seed and its number only. Safe for several
 * threads.
 */
public final class PictureBatches implements LongFunction<PictureBatch> {
  private final EpochOrder order;
  private final PictureView view;

  public PictureBatches(PictureSet pictures, PictureView view, int batchSize, long seed) {
    this.order = new EpochOrder(pictures, batchSize, seed);
    this.view = view;
  }

  @Override
  public PictureBatch apply(long number) {
    PictureSet pictures = order.batch(number);
    SplittableRandom random = order.random(number);
    Picture[] views = new Picture[pictures.size()];
    long[] labels = new long[views.length];
    for (int i = 0; i < views.length; i++) {
      views[i] = view.random(pictures.picture(i), random);
      labels[i] = pictures.label(i);
    }
    return PictureBatch.of(views, labels);
  }
}
