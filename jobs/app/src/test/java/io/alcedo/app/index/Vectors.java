package io.alcedo.app.index;

import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The vectors that tests share: 16 numbers, of length 1. */
final class Vectors {
  static final int DIMENSIONS = 16;
  static final String OLD = "appearance@00112233";
  static final String NEW = "appearance@44556677";
  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");

  private Vectors() {}

  /** A direction of its own for each seed. */
  static float[] vector(long seed) {
    return vector(seed, DIMENSIONS);
  }

  static float[] vector(long seed, int dimensions) {
    Random random = new Random(seed);
    float[] vector = new float[dimensions];
    double square = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < dimensions; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }

  /** Of camera gate or yard by turns, ten to a track, one a second. */
  static VectorEntry entry(int number) {
    return new VectorEntry(facts(number), vector(number));
  }

  static VectorFacts facts(int number) {
    String camera = number % 2 == 0 ? "gate" : "yard";
    return new VectorFacts(
        id(number),
        camera,
        "track-" + number / 10,
        number % 3 == 0 ? "car" : "person",
        NOON.plusSeconds(number),
        number % 5 == 0 ? Set.of("door", "path") : Set.of());
  }

  static String id(int number) {
    return "id-" + number;
  }

  static Stream<VectorEntry> entries(int count) {
    return IntStream.range(0, count).mapToObj(Vectors::entry);
  }
}
