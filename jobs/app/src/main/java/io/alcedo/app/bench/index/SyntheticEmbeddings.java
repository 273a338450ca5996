package io.alcedo.app.bench.index;

import io.alcedo.app.index.VectorEntry;
import io.alcedo.app.index.VectorFacts;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Vectors that lie as embeddings of people do: a mixture of identities on the unit sphere.
 *
 * <p>A vector is the sum of three normal draws, of who it is (deviation 1), of the track, that is
 * view and light (0.6), and of the crop (0.4), scaled in dimension j by 1/sqrt(1 + j) and then to
 * length 1. So crops of a track have a cosine near 0.9, tracks of a person near 0.66, and people
 * spread over some 18 of 128 dimensions, since encoders do not use all alike. A track has 20 crops
 * in a row; whose it is, is drawn from one person more for every 5 tracks. The same seed and number
 * give the same vector.
 */
final class SyntheticEmbeddings {
  private static final int CROPS = 20;
  private static final int TRACKS = 5;
  private static final int CAMERAS = 8;
  private static final double TRACK_DEVIATION = 0.6;
  private static final double CROP_DEVIATION = 0.4;
  private static final long SPREAD = 0x9E3779B97F4A7C15L;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  // What a draw is of, so that equal numbers of two kinds have nothing in common.
  private static final long PERSON = 1;
  private static final long TRACK = 2;
  private static final long CROP = 3;
  private static final long WHOSE = 4;

  private final long seed;
  private final double[] scale;

  SyntheticEmbeddings(long seed, int dimensions) {
    this.seed = seed;
    this.scale = new double[dimensions];
    for (int j = 0; j < dimensions; j++) {
      scale[j] = 1 / Math.sqrt(1 + j);
    }
  }

  VectorEntry entry(int number) {
    int track = number / CROPS;
    String camera = "camera-" + track % CAMERAS;
    String session = camera + "/01JBENCH00000000000000000/";
    VectorFacts facts =
        new VectorFacts(
            session + number + "#0",
            camera,
            session + track * CROPS + "#0",
            "person",
            START.plusMillis(100L * number),
            Set.of());
    return new VectorEntry(facts, vector(number));
  }

  float[] vector(int number) {
    return vector(person(number / CROPS), number / CROPS, number);
  }

  /** A new crop of a new track of somebody who is among the first vectors. */
  float[] query(int number, int vectors) {
    int known = new SplittableRandom(mix(WHOSE, -1L - number)).nextInt(vectors);
    return vector(person(known / CROPS), -1L - number, -1L - number);
  }

  private long person(int track) {
    return new SplittableRandom(mix(WHOSE, track)).nextInt(1 + track / TRACKS);
  }

  private float[] vector(long person, long track, long crop) {
    SplittableRandom who = new SplittableRandom(mix(PERSON, person));
    SplittableRandom view = new SplittableRandom(mix(TRACK, track));
    SplittableRandom noise = new SplittableRandom(mix(CROP, crop));
    double[] sum = new double[scale.length];
    double square = 0;
    for (int j = 0; j < sum.length; j++) {
      sum[j] =
          scale[j]
              * (who.nextGaussian()
                  + TRACK_DEVIATION * view.nextGaussian()
                  + CROP_DEVIATION * noise.nextGaussian());
      square += sum[j] * sum[j];
    }
    float[] vector = new float[sum.length];
    for (int j = 0; j < sum.length; j++) {
      vector[j] = (float) (sum[j] / Math.sqrt(square));
    }
    return vector;
  }

  private long mix(long kind, long number) {
    return (seed * SPREAD + kind) * SPREAD + number * 0xBF58476D1CE4E5B9L;
  }
}
