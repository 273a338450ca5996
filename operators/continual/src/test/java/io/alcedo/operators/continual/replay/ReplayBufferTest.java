package io.alcedo.operators.continual.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayBufferTest {
  private static final int CAPACITY = 16;

  private static ReplayBuffer buffer(String kind, int capacity) {
    return switch (kind) {
      case "fifo" -> new FifoBuffer(capacity);
      case "reservoir" -> new ReservoirBuffer(capacity);
      default -> new MinRedBuffer(capacity);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "reservoir", "min-red"})
  void aRestoredBufferGoesOnAsTheOneThatWasSaved(String kind) throws IOException {
    ReplayRandom random = new ReplayRandom(5);
    ReplayBuffer buffer = buffer(kind, CAPACITY);
    stream(buffer, random, 0, 100);
    ReplayBuffer restored = buffer(kind, CAPACITY);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes(buffer))));
    ReplayRandom same = new ReplayRandom(random.state());

    stream(buffer, random, 100, 300);
    stream(restored, same, 100, 300);

    assertThat(bytes(restored)).isEqualTo(bytes(buffer));
    assertThat(same.state()).isEqualTo(random.state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "reservoir", "min-red"})
  void neverHoldsMoreThanItsCapacityAndDrawsEachSlotOnce(String kind) {
    ReplayRandom random = new ReplayRandom(1);
    ReplayBuffer buffer = buffer(kind, CAPACITY);
    for (int i = 0; i < 200; i++) {
      buffer.add(sample(i), random);
      assertThat(buffer.size()).isEqualTo(Math.min(CAPACITY, i + 1));
      int[] slots = buffer.draw(Math.min(8, buffer.size()), random);
      assertThat(slots).doesNotHaveDuplicates();
      assertThat(IntStream.of(slots)).allMatch(slot -> slot >= 0 && slot < buffer.size());
    }
    assertThatThrownBy(() -> buffer.draw(17, random))
        .hasMessage("17 samples were asked for, there are 16");
  }

  @Test
  void fifoKeepsTheNewest() {
    ReplayBuffer buffer = new FifoBuffer(4);
    stream(buffer, new ReplayRandom(0), 0, 10);

    assertThat(numbers(buffer)).containsExactlyInAnyOrder(6, 7, 8, 9);
  }

  @Test
  void reservoirKeepsEveryNumberAsOften() {
    int[] kept = new int[40];
    ReplayRandom random = new ReplayRandom(9);
    for (int run = 0; run < 4000; run++) {
      ReplayBuffer buffer = new ReservoirBuffer(10);
      for (int i = 0; i < kept.length; i++) {
        buffer.add(sample(i), random);
      }
      numbers(buffer).forEach(number -> kept[number]++);
    }

    // Binomial: 1000 ± 27; five deviations.
    assertThat(IntStream.of(kept)).allMatch(count -> Math.abs(count - 1000) < 137);
  }

  @Test
  void minRedLetsGoOfWhatItHasTwice() {
    MinRedBuffer buffer = new MinRedBuffer(4);
    ReplayRandom random = new ReplayRandom(0);
    double[] angles = {0, 90, 180, 92};
    for (int i = 0; i < 4; i++) {
      buffer.add(sample(i), random);
      buffer.learned(i, direction(angles[i]));
    }

    buffer.add(sample(4), random);

    assertThat(numbers(buffer))
        .as("1 is older than 3, its like")
        .containsExactlyInAnyOrder(0, 2, 3, 4);
    buffer.add(sample(5), random);
    assertThat(numbers(buffer))
        .as("0-3 and 2-3 are 92 and 88 degrees apart")
        .containsExactlyInAnyOrder(0, 3, 4, 5);
  }

  @Test
  void minRedKeepsWhatItHasNotLearned() {
    MinRedBuffer buffer = new MinRedBuffer(3);
    stream(buffer, new ReplayRandom(0), 0, 3, false);
    buffer.learned(2, direction(10));

    buffer.add(sample(3), new ReplayRandom(0));

    assertThat(numbers(buffer))
        .as("one learned sample has no like: the oldest goes")
        .containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void minRedsMemoryOfTheNearestIsThatOfAllPairs() {
    ReplayRandom random = new ReplayRandom(3);
    MinRedBuffer buffer = new MinRedBuffer(12);
    List<float[]> features = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int before = buffer.size();
      List<Integer> was = numbers(buffer);
      buffer.add(sample(i), random);
      if (before == 12) {
        List<Integer> gone = new ArrayList<>(was);
        gone.removeAll(numbers(buffer));
        int[] pair = mostAlike(was, features);
        assertThat(gone.get(0)).isIn(was.get(pair[0]), was.get(pair[1]));
      }
      // New samples of the same number get the same feature, so features follow from numbers.
      features.add(direction(random.nextDouble() * 360));
      buffer.learned(buffer.size() - 1, features.get(i));
    }
  }

  private static int[] mostAlike(List<Integer> numbers, List<float[]> features) {
    int[] pair = null;
    float most = -2;
    for (int i = 0; i < numbers.size(); i++) {
      for (int k = 0; k < i; k++) {
        float[] a = features.get(numbers.get(i));
        float[] b = features.get(numbers.get(k));
        float similarity = a[0] * b[0] + a[1] * b[1];
        if (similarity > most) {
          most = similarity;
          pair = new int[] {i, k};
        }
      }
    }
    return pair;
  }

  @Test
  void refusesAnotherBuffersState() throws IOException {
    byte[] saved = bytes(new FifoBuffer(4));

    assertThatThrownBy(
            () -> new MinRedBuffer(4).read(new DataInputStream(new ByteArrayInputStream(saved))))
        .hasMessageContaining("is a fifo of 4 samples, this one is a min-red of 4");
  }

  private static void stream(ReplayBuffer buffer, ReplayRandom random, int from, int to) {
    stream(buffer, random, from, to, true);
  }

  private static void stream(
      ReplayBuffer buffer, ReplayRandom random, int from, int to, boolean learns) {
    for (int i = from; i < to; i++) {
      buffer.add(sample(i), random);
      if (learns) {
        for (int slot : buffer.draw(Math.min(4, buffer.size()), random)) {
          buffer.learned(slot, direction(random.nextDouble() * 360));
        }
      }
    }
  }

  private static List<Integer> numbers(ReplayBuffer buffer) {
    return IntStream.range(0, buffer.size())
        .mapToObj(slot -> Integer.valueOf(buffer.sample(slot).id()))
        .toList();
  }

  private static Sample sample(int number) {
    String id = String.valueOf(number);
    byte[] jpeg = id.getBytes(StandardCharsets.US_ASCII);
    return new Sample(id, "gate", "t" + number % 5, Instant.ofEpochMilli(100L * number), jpeg);
  }

  private static float[] direction(double degrees) {
    double radians = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
  }

  private static byte[] bytes(ReplayBuffer buffer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    buffer.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
