package io.alcedo.training.moco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.network.CifarTrunk;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MocoTest {
  private static final double T = 0.5;
  private static final int SIDE = 16;

  /** Two directions. */
  private static Tensor vectors(float... values) {
    return Tensors.of(values, values.length / 2, 2);
  }

  private static double softmaxLoss(double own, double... others) {
    double sum = Math.exp(own / T);
    for (double other : others) {
      sum += Math.exp(other / T);
    }
    return -Math.log(Math.exp(own / T) / sum);
  }

  private static Moco moco(int queue, Double similarity) {
    Encoder encoder =
        new Encoder(
            new CifarTrunk(1, 0.5, Norm.batch(""), true),
            new HeadConfig(HeadConfig.Kind.LINEAR, 2, null),
            Norm.batch(""));
    return new Moco(encoder, new ContrastConfig(queue, 0.9, null, T, queue == 0, null, similarity));
  }

  @Test
  void contrastsWithTheQueueButNotWithKeysOfTheSame() {
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco moco = moco(2, null);
        PointerScope scope = new PointerScope()) {
      begin(moco, query);
      moco.enqueue(vectors(0, 1, -1, 0), new long[] {7, 8});
      Tensor q = vectors(1, 0);
      Tensor k = vectors(0.8f, 0.6f);
      assertThat(moco.loss(q, k, new long[] {9}).loss().item_double())
          .isCloseTo(softmaxLoss(0.8, 0, -1), within(1e-6));
      assertThat(moco.loss(q, k, new long[] {7}).loss().item_double())
          .isCloseTo(softmaxLoss(0.8, -1), within(1e-6));
      assertThat(moco.loss(q, k, new long[] {-1}).accuracy()).isEqualTo(1);
      assertThat(moco.loss(vectors(0, 1), vectors(1, 0), new long[] {-1}).accuracy()).isZero();
    }
  }

  @Test
  void takesVeryAlikeKeysForTheSame() {
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco moco = moco(2, 0.9);
        PointerScope scope = new PointerScope()) {
      begin(moco, query);
      moco.enqueue(vectors(1, 0, 0, 1), Moco.unknown(2));
      Tensor k = vectors(0.96f, 0.28f);
      assertThat(moco.loss(vectors(1, 0), k, Moco.unknown(1)).loss().item_double())
          .isCloseTo(softmaxLoss(0.96, 0), within(1e-6));
    }
  }

  @Test
  void contrastsWithinTheBatchWithoutAQueue() {
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco moco = moco(0, null);
        PointerScope scope = new PointerScope()) {
      begin(moco, query);
      Tensor q = vectors(1, 0, 0, 1);
      Tensor k = vectors(0.8f, 0.6f, 0, 1);
      double expected = 2 * T * (softmaxLoss(0.8, 0) + softmaxLoss(1, 0.6)) / 2;
      assertThat(moco.loss(q, k, Moco.unknown(2)).loss().item_double())
          .isCloseTo(expected, within(1e-6));
      assertThat(moco.loss(q, k, new long[] {3, 3}).loss().item_double()).isZero();
    }
  }

  @Test
  void queueIsARing() {
    KeyQueue queue = KeyQueue.random(2, 3, new SplittableRandom(1));
    try (PointerScope scope = new PointerScope()) {
      queue.enqueue(vectors(1, 0, 0, 1), new long[] {1, 2});
      queue.enqueue(vectors(-1, 0, 0, -1), new long[] {3, 4});
      assertThat(Tensors.floats(queue.keys())).containsExactly(0, 0, -1, -1, 1, 0);
      assertThat(queue.ids()).containsExactly(4, 2, 3);
      assertThat(queue.pointer()).isEqualTo(1);
      assertThatThrownBy(() -> queue.enqueue(vectors(1, 0, 1, 0, 1, 0, 1, 0), new long[4]))
          .hasMessageContaining("4 keys and 4 ids for a queue of 3");
    }
    queue.close();
  }

  @Test
  void keysAreNormalizedInOtherCompanyThanQueries() {
    CifarTrunk split = new CifarTrunk(1, 0.5, new Norm("", Norm.Kind.SPLIT, 1e-5, 2), true);
    HeadConfig head = new HeadConfig(HeadConfig.Kind.LINEAR, 2, null);
    Encoder parted = new Encoder(split, head, split.norm());
    Encoder whole = new Encoder(new CifarTrunk(1, 0.5, Norm.batch(""), true), head, split.norm());
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco moco = new Moco(parted, new ContrastConfig(4, null, null, T, null, null, null));
        PointerScope scope = new PointerScope()) {
      begin(moco, query);
      float[] values = new float[4 * SIDE * SIDE * 3];
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < values.length; i++) {
        int picture = i / (SIDE * SIDE * 3);
        values[i] = random.nextInt(50) + 50f * picture;
      }
      Tensor pictures = Tensors.of(values, 4, SIDE, SIDE, 3);
      // A query's parts are 0 1 and 2 3, a key's 0 2 and 1 3.
      Tensor even = alone(whole, query, pictures, 0, 2);
      Tensor odd = alone(whole, query, pictures, 1, 3);
      float[] expected = {
        Tensors.floats(even)[0], Tensors.floats(even)[1],
        Tensors.floats(odd)[0], Tensors.floats(odd)[1],
        Tensors.floats(even)[2], Tensors.floats(even)[3],
        Tensors.floats(odd)[2], Tensors.floats(odd)[3]
      };
      assertThat(Tensors.floats(moco.keys(pictures))).containsExactly(expected, within(1e-4f));
    }
  }

  private static Tensor alone(
      Encoder encoder, Parameters parameters, Tensor pictures, long first, long second) {
    TorchOps ops = new TorchOps(parameters, true);
    Tensor two = pictures.index_select(0, Tensors.of(new long[] {first, second}, 2));
    return Encoder.unitLength(ops, encoder.lookAtPictures(ops, two).projection());
  }

  @Test
  void momentumEncoderFollowsInItsParametersOnly() {
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco moco = moco(4, null)) {
      begin(moco, query);
      float before = query.values("conv1.weight")[0];
      query.putTrainable("fc.bias", new float[] {1, 2}, 2);
      float bias = moco.momentumEncoder().values("fc.bias")[0];
      query.putBuffer("bn1.running_mean", filled(8), 8);
      moco.updateMomentumEncoder(query, 0.75);
      assertThat(moco.momentumEncoder().values("fc.bias")[0])
          .isCloseTo(0.75f * bias + 0.25f, within(1e-6f));
      assertThat(moco.momentumEncoder().values("conv1.weight")[0]).isCloseTo(before, within(1e-6f));
      assertThat(moco.momentumEncoder().values("bn1.running_mean")).containsOnly(0);
    }
  }

  private static float[] filled(int size) {
    float[] values = new float[size];
    Arrays.fill(values, 5);
    return values;
  }

  @Test
  void refusesTheStateOfAnotherLearner() {
    try (Parameters query = new Parameters(new SplittableRandom(1));
        Moco small = moco(4, null);
        Moco large = moco(8, null)) {
      begin(small, query);
      assertThatThrownBy(() -> large.restore(small.state()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("a queue of 4, expected a queue of 8");
    }
  }

  private static void begin(Moco moco, Parameters query) {
    try (PointerScope scope = new PointerScope()) {
      moco.askForParameters(
          new TorchOps(query, false), Tensors.of(new float[SIDE * SIDE * 3], 1, SIDE, SIDE, 3));
    }
    moco.begin(query, new SplittableRandom(2));
  }

  @Test
  void momentumGrowsToOneIfToldTo() {
    ContrastConfig cosine =
        new ContrastConfig(0, 0.99, ContrastConfig.MomentumSchedule.COSINE, null, null, null, null);
    assertThat(List.of(cosine.momentumAt(0), cosine.momentumAt(0.5), cosine.momentumAt(1)))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1)
        .containsExactly(0.99, 0.995, 1.0);
  }
}
