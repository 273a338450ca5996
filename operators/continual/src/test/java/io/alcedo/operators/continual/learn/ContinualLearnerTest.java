package io.alcedo.operators.continual.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.continual.fixture.People;
import io.alcedo.operators.continual.learn.ContinualLearner.Step;
import io.alcedo.training.data.Picture;
import io.alcedo.training.ops.Libtorch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinualLearnerTest {
  private static final Instant NOW = People.START.plusSeconds(600);

  @BeforeAll
  static void oneThread() {
    Libtorch.threads(1);
  }

  private static ContinualConfig config(String staleAfter) {
    return config(staleAfter, "rate: 0.01", 0);
  }

  private static ContinualConfig config(String staleAfter, String optimizer) {
    return config(staleAfter, optimizer, 0);
  }

  private static ContinualConfig config(String staleAfter, String optimizer, double distillation) {
    return YamlReader.parse(
        """
        network:
          depth: 10
          width: 0.125
          norm: group
          head: {kind: mlp, dim: 16}
          canvasWidth: 32
          canvasHeight: 64
        contrast: {queue: 32, momentum: 0.99, temperature: 0.2}
        augmentation: {leastArea: 0.5, jitterShare: 0, grey: 0, blur: [0, 0]}
        optimizer: {%s}
        memory: {capacity: 24}
        pace: {updates: 1, arrivals: 4, batchSize: 8}
        intake: {leastDifference: 1, staleAfter: %s}
        publishing: {oneTrackIn: 4}
        distillation: %s
        """
            .formatted(optimizer, staleAfter, distillation),
        "test",
        ContinualConfig.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void aRestoredLearnerGoesOnBitForBit(double distillation) throws IOException {
    ContinualConfig config = config("1d", "rate: 0.01", distillation);
    try (ContinualLearner whole = new ContinualLearner(config);
        ContinualLearner first = new ContinualLearner(config);
        ContinualLearner second = new ContinualLearner(config)) {
      stream(whole, 0, 160);
      stream(first, 0, 83);
      second.read(new DataInputStream(new ByteArrayInputStream(bytes(first))));
      stream(second, 83, 160);

      assertThat(whole.updates()).isGreaterThan(20);
      assertThat(bytes(second)).isEqualTo(bytes(whole));
    }
  }

  @Test
  void accountsForEveryCropAndLearnsFromNoneThatIsHeldOut() {
    try (ContinualLearner learner = new ContinualLearner(config("1d"))) {
      Map<Intake, Integer> counts = stream(learner, 0, 80);
      byte[] still = People.crop(1, 500).jpeg();
      for (int i = 0; i < 50; i++) {
        count(learner.accept(People.crop(1, 600 + i, still), NOW), counts);
      }
      byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
      count(learner.accept(People.crop(1, 700, text), NOW), counts);
      count(learner.accept(People.crop(1, 701, new byte[0]), NOW), counts);
      byte[] few = new Picture(new byte[3 * 7 * 64], 7, 64).jpeg();
      count(learner.accept(People.crop(1, 702, few), NOW), counts);

      assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(133);
      assertThat(counts.get(Intake.UNDECODABLE)).isEqualTo(2);
      assertThat(counts.get(Intake.TOO_SMALL)).isEqualTo(1);
      assertThat(counts.get(Intake.NEAR_DUPLICATE)).isGreaterThanOrEqualTo(49);
      assertThat(counts.get(Intake.HELD_OUT)).isEqualTo(learner.probe().size()).isPositive();
      assertThat(learner.remembered()).isEqualTo(24);
    }
  }

  @Test
  void aCameraThatShowsAStillPictureForAnHourTeachesNothing() {
    try (ContinualLearner learner = new ContinualLearner(config("1d"))) {
      stream(learner, 0, 80);
      Map<String, Integer> weights = weights(learner);
      long updates = learner.updates();
      byte[] still = People.crop(1, 0).jpeg();
      Map<Intake, Integer> counts = new EnumMap<>(Intake.class);
      for (int second = 0; second < 3600; second++) {
        count(learner.accept(People.crop(1, 1000 + 10 * second, still), NOW), counts);
      }

      assertThat(counts.get(Intake.NEAR_DUPLICATE)).isGreaterThanOrEqualTo(3599);
      assertThat(counts.getOrDefault(Intake.KEPT, 0)).isLessThanOrEqualTo(1);
      assertThat(learner.updates()).isEqualTo(updates).isPositive();
      assertThat(weights(learner)).isEqualTo(weights);
    }
  }

  @Test
  void greyPicturesAreAllTheSame() {
    try (ContinualLearner learner = new ContinualLearner(config("1d"))) {
      Map<Intake, Integer> counts = new EnumMap<>(Intake.class);
      for (int i = 0; i < 200; i++) {
        byte[] rgb = new byte[3 * 32 * 64];
        Arrays.fill(rgb, (byte) i);
        count(learner.accept(People.crop(1, i, new Picture(rgb, 32, 64).jpeg()), NOW), counts);
      }

      assertThat(counts.get(Intake.NEAR_DUPLICATE)).isEqualTo(199);
      assertThat(learner.updates()).isZero();
    }
  }

  @Test
  void aGradientThatIsNotFiniteSetsItBackToWeightsThatAre() {
    // Decay alone multiplies the weights by 999 in each update.
    try (ContinualLearner learner =
        new ContinualLearner(config("1d", "rate: 1000, weightDecay: 1"))) {
      Map<String, Integer> first = weights(learner);
      int setbacks = 0;
      long furthest = 0;
      for (int i = 0; i < 200; i++) {
        Step step = learner.accept(People.crop(i % 12, i), NOW);
        furthest = Math.max(furthest, learner.updates());
        if (step.setback()) {
          setbacks++;
          assertThat(weights(learner)).isEqualTo(first);
          assertThat(learner.updates()).isZero();
        }
      }

      assertThat(furthest).as("updates before it went wrong").isPositive();
      assertThat(setbacks).isGreaterThan(1);
      assertThat(learner.setbacks()).isEqualTo(setbacks);
    }
  }

  @Test
  void makesNoUpdateDueForWhatIsTooOld() {
    ContinualConfig impatient = config("30s");
    try (ContinualLearner learner = new ContinualLearner(impatient)) {
      for (int i = 0; i < 40; i++) {
        Step step = learner.accept(People.crop(i % 12, i), NOW);
        assertThat(step.stale()).isEqualTo(step.intake() == Intake.KEPT);
      }
      assertThat(learner.updates()).isZero();
      assertThat(learner.remembered()).isEqualTo(24);
    }
  }

  @Test
  void learnsToTellPeopleApart() {
    try (ContinualLearner learner = new ContinualLearner(config("1d"))) {
      double accuracy = 0;
      double spread = 0;
      for (int i = 0; i < 800; i++) {
        Step step = learner.accept(People.crop(i % 12, i), NOW);
        if (step.update() != null) {
          accuracy = 0.9 * accuracy + 0.1 * step.update().accuracy();
          spread = step.update().spread();
        }
      }
      assertThat(learner.updates()).isGreaterThan(100);
      assertThat(accuracy).as("by chance 1 of 33").isGreaterThan(0.15);
      assertThat(spread).as("their crops began alike, 0.05").isGreaterThan(0.3);
      assertThat(learner.setbacks()).isZero();
    }
  }

  @Test
  void keepsNoNativeMemory() {
    try (ContinualLearner learner = new ContinualLearner(config("1d"))) {
      stream(learner, 0, 100);
      long before = Pointer.totalBytes();
      stream(learner, 100, 260);

      assertThat(Pointer.totalBytes()).isEqualTo(before);
    }
  }

  @Test
  void refusesSettingsThatCannotWork() {
    assertRefused("pace: {updates: 5, arrivals: 4}", "a checkpoint waits for one update at most");
    assertRefused(
        "memory: {capacity: 4}", "pace.batchSize is 64, expected at most memory.capacity (4)");
    assertRefused(
        "memory: {kind: lifo}", "memory.kind is 'lifo', expected min-red, reservoir or fifo");
    assertRefused("intake: {minSide: 0}", "intake.minSide is 0, expected 1 px or more");
  }

  private static void assertRefused(String yaml, String message) {
    String whole = "network: {depth: 10, norm: group, head: {kind: mlp}}\n" + yaml;
    assertThatThrownBy(() -> YamlReader.parse(whole, "test", ContinualConfig.class))
        .hasMessageContaining(message);
  }

  private static Map<Intake, Integer> stream(ContinualLearner learner, int from, int to) {
    Map<Intake, Integer> counts = new EnumMap<>(Intake.class);
    for (int i = from; i < to; i++) {
      count(learner.accept(People.crop(i % 12, i), NOW), counts);
    }
    return counts;
  }

  private static void count(Step step, Map<Intake, Integer> counts) {
    counts.merge(step.intake(), 1, Integer::sum);
  }

  /** Digests of the weights, which a failure can print. */
  private static Map<String, Integer> weights(ContinualLearner learner) {
    Map<String, Integer> digests = new TreeMap<>();
    learner
        .candidate()
        .forEach((name, entry) -> digests.put(name, Arrays.hashCode(entry.floats())));
    return digests;
  }

  private static byte[] bytes(ContinualLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
