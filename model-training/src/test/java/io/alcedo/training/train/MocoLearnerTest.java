package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.PairBatch;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.train.MocoLearner.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MocoLearnerTest {
  private static final int SIDE = 16;
  private static final int BATCH = 8;
  private static final double RATE = 0.01;

  private static MocoLearner learner(String network, String contrast, long seed) {
    return new MocoLearner(
        YamlReader.parse(
            "{family: cifar, depth: 8, canvasWidth: 16, canvasHeight: 16, " + network + "}",
            "network",
            EncoderConfig.class),
        YamlReader.parse("{" + contrast + "}", "contrast", ContrastConfig.class),
        OptimizerConfig.DEFAULT,
        seed);
  }

  /** Each picture is noise around a colour of its own. */
  private static PairBatch batch(long number) {
    SplittableRandom random = new SplittableRandom(number);
    int size = SIDE * SIDE * 3;
    byte[] first = new byte[BATCH * size];
    byte[] second = new byte[BATCH * size];
    int[] color = new int[3];
    for (int i = 0; i < first.length; i++) {
      if (i % size < 3) {
        color[i % size] = random.nextInt(180);
      }
      first[i] = (byte) (color[i % 3] + random.nextInt(75));
      second[i] = (byte) (color[i % 3] + random.nextInt(75));
    }
    return new PairBatch(
        new PictureBatch(first, new long[BATCH], SIDE, SIDE),
        new PictureBatch(second, new long[BATCH], SIDE, SIDE));
  }

  private static List<Update> learn(MocoLearner learner, int from, int to) {
    List<Update> updates = new ArrayList<>();
    for (int step = from; step < to; step++) {
      long[] ids = new long[BATCH];
      for (int i = 0; i < BATCH; i++) {
        ids[i] = 100L * step + i;
      }
      updates.add(learner.learn(batch(step), ids, RATE));
    }
    return updates;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "norm: split, splits: 4, head: {dim: 16}; queue: 24, momentum: 0.9, symmetric: true",
        "norm: group, head: {kind: linear, dim: 16}; queue: 24, similarity: 0.9",
        "head: {kind: projector, dim: 16, hidden: 32}; queue: 0, predictor: 32, momentum: 0.9"
      })
  void goesOnFromItsStateBitForBit(String network, String contrast) {
    try (MocoLearner whole = learner(network, contrast, 1);
        MocoLearner restored = learner(network, contrast, 2)) {
      learn(whole, 0, 3);
      Map<String, Entry> state = whole.state();
      List<Update> expected = learn(whole, 3, 6);
      learn(restored, 0, 1); // has momentum of its own, which must go
      restored.restore(state);
      assertThat(restored.updates()).isEqualTo(3);
      assertThat(learn(restored, 3, 6)).usingRecursiveComparison().isEqualTo(expected);
      assertSame(restored.state(), whole.state());
    }
  }

  private static void assertSame(Map<String, Entry> actual, Map<String, Entry> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, entry) -> assertThat(actual.get(name).data()).isEqualTo(entry.data()));
  }

  @Test
  void stateHasEverything() {
    try (MocoLearner learner = learner("head: {dim: 16}", "queue: 24", 1)) {
      learn(learner, 0, 1);
      assertThat(learner.state())
          .containsKeys(
              "query/weight/conv1.weight",
              "query/buffer/bn1.running_var",
              "query/velocity/fc.2.weight",
              "key/weight/conv1.weight",
              "key/buffer/bn1.running_mean",
              "queue",
              "updates");
      assertThat(learner.state().get("queue_ids").longs()).startsWith(0, 1).endsWith(-1);
      assertThat(learner.state().get("queue_ptr").longs()).containsExactly(BATCH);
    }
  }

  @Test
  void staysNearAnotherEncoderIfToldTo() {
    String network = "norm: group, head: {dim: 16}";
    double free = likeness(network, 0);
    double held = likeness(network, 20);
    assertThat(held).isGreaterThan(0.98).isGreaterThan(free + 0.02);
  }

  /** Mean cosine of an encoder's vectors before and after some updates. */
  private static double likeness(String network, double distillation) {
    try (MocoLearner learner = learner(network, "queue: 24, momentum: 0.9", 1);
        MocoLearner before = learner(network, "queue: 24, momentum: 0.9", 1)) {
      if (distillation > 0) {
        learner.stayNear(copy(before.query()), distillation);
      }
      learn(learner, 0, 30);
      float[][] now = learner.learn(batch(99), new long[BATCH], 0).queries();
      float[][] then = before.learn(batch(99), new long[BATCH], 0).queries();
      double sum = 0;
      for (int i = 0; i < BATCH; i++) {
        for (int d = 0; d < now[i].length; d++) {
          sum += (double) now[i][d] * then[i][d];
        }
      }
      return sum / BATCH;
    }
  }

  @Test
  void learnsToTellPicturesApart() {
    try (MocoLearner learner =
        learner("head: {dim: 16}", "queue: 64, momentum: 0.99, temperature: 0.1", 1)) {
      learn(learner, 0, 10);
      double before = meanLoss(learn(learner, 10, 20));
      learn(learner, 20, 90);
      List<Update> last = learn(learner, 90, 100);
      assertThat(meanLoss(last)).isLessThan(0.7 * before);
      assertThat(last.get(9).spread()).isBetween(0.7, 1.1);
    }
  }

  private static double meanLoss(List<Update> updates) {
    return updates.stream().mapToDouble(Update::loss).average().orElseThrow();
  }

  @Test
  void refusesTheStateOfAnotherNetwork() {
    try (MocoLearner small = learner("head: {dim: 16}", "queue: 24", 1);
        MocoLearner linear = learner("head: {kind: linear, dim: 16}", "queue: 24", 1)) {
      assertThatThrownBy(() -> small.restore(linear.state()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("lacks 'query/weight/fc.0.");
    }
  }

  @Test
  void keepsNoNativeMemory() {
    try (MocoLearner learner = learner("norm: split, splits: 4, head: {dim: 16}", "queue: 64", 1)) {
      learn(learner, 0, 20);
      long before = Pointer.totalCount();
      learn(learner, 20, 120);
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
  }

  private static Parameters copy(Parameters of) {
    Parameters copy = new Parameters();
    of.trainable()
        .forEach((name, tensor) -> copy.putTrainable(name, Tensors.floats(tensor), tensor.shape()));
    return copy;
  }
}
