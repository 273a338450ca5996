package io.alcedo.app.bench.continual;

import io.alcedo.connectors.event.Crop;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.learn.ContinualLearner.Step;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.train.BareLoop;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;

/**
 * What an update costs beside the same step of a bare libtorch loop, in blocks that take turns. A
 * learner's update has, beyond it, drawing, making views, the memory's upkeep, and taking in the
 * one crop that made it due.
 *
 * @param blocks of each, of which the first is not counted
 * @param steps of a block
 */
record UpdateTiming(ContinualConfig config, int blocks, int steps, PrintWriter out) {

  /** Measures; the crops are shown again and again. */
  void run(List<Crop> crops) {
    double[] bare = new double[blocks - 1];
    double[] learned = new double[blocks - 1];
    try (ContinualLearner learner = new ContinualLearner(config);
        BareLoop loop =
            BareLoop.of(config.network(), config.contrast(), config.optimizer(), noise())) {
      Iterator<Crop> stream = Stream.generate(() -> crops).flatMap(List::stream).iterator();
      while (learner.remembered() < Math.min(config.memory().capacity(), crops.size() / 2)) {
        learner.accept(stream.next(), crops.get(0).published());
      }
      long before = Pointer.physicalBytes();
      for (int block = 0; block < blocks; block++) {
        double least = bareMillis(loop);
        double ours = learnedMillis(learner, stream, crops.get(0));
        if (block > 0) {
          bare[block - 1] = least;
          learned[block - 1] = ours;
          say("bare step %.1f ms, update %.1f ms", least, ours);
        }
      }
      say(
          "median: bare step %.1f ms, update %.1f ms, ratio %.3f (batch %d, %d threads, %d remembered); process %d MB before, %d MB after %d updates",
          median(bare),
          median(learned),
          median(learned) / median(bare),
          config.pace().batchSize(),
          config.threads(),
          learner.remembered(),
          before >> 20,
          Pointer.physicalBytes() >> 20,
          learner.updates());
    }
  }

  private double bareMillis(BareLoop loop) {
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      loop.step();
    }
    return (System.nanoTime() - start) / 1e6 / steps;
  }

  /** Of the crops that made an update due. */
  private double learnedMillis(ContinualLearner learner, Iterator<Crop> stream, Crop first) {
    long nanos = 0;
    int done = 0;
    while (done < steps) {
      Crop crop = stream.next();
      long start = System.nanoTime();
      Step step = learner.accept(crop, first.published());
      if (step.update() != null) {
        nanos += System.nanoTime() - start;
        done++;
      }
    }
    return nanos / 1e6 / steps;
  }

  private PairBatch noise() {
    int size = config.pace().batchSize();
    int width = config.network().canvasWidth();
    int height = config.network().canvasHeight();
    byte[] pixels = new byte[size * width * height * 3];
    new SplittableRandom(1).nextBytes(pixels);
    PictureBatch batch = new PictureBatch(pixels, new long[size], width, height);
    return new PairBatch(batch, batch);
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
