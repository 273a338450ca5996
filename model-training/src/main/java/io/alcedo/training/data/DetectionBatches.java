package io.alcedo.training.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * Batches of a detector by number: random views of pictures drawn from a mixture. A batch depends
 * on the seed and its number only. Safe for several threads.
 */
public record DetectionBatches(
    DatasetMixture mixture, Augmentation augmentation, int batchSize, long seed)
    implements LongFunction<List<Augmentation.Placed>> {
  @Override
  public List<Augmentation.Placed> apply(long number) {
    List<Augmentation.Placed> batch = new ArrayList<>(batchSize);
    for (int i = 0; i < batchSize; i++) {
      // Mixed, because neighbouring seeds of this generator give related streams.
      SplittableRandom random =
          new SplittableRandom(new SplittableRandom(seed + number * batchSize + i).nextLong());
      try (DetectionSample sample = mixture.draw(random)) {
        batch.add(augmentation.random(sample, random));
      }
    }
    return batch;
  }
}
