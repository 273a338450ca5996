package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.model.ModelManifest.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads the vectors [N, dimensions] of an encoder. Those that cannot be compared with others are
 * refused: the picture of one that is not of length 1 has no embedding.
 *
 * @param vector of a checked manifest
 */
record VectorReader(Vector vector) implements OutputReader<float[]> {
  /** Half precision keeps three digits. */
  private static final double TOLERANCE = 5e-3;

  @Override
  public Set<String> names() {
    return Set.of(vector.name());
  }

  @Override
  public List<float[]> read(OutputValues values, List<Placement> fits) {
    float[] all = values.floats(vector.name());
    if (all.length != fits.size() * vector.dimensions()) {
      throw new InferenceException(
          "output %s is %s for %d pictures, its manifest says %d dimensions"
              .formatted(
                  vector.name(),
                  Arrays.toString(values.shape(vector.name())),
                  fits.size(),
                  vector.dimensions()));
    }
    List<float[]> vectors = new ArrayList<>(fits.size());
    for (int i = 0; i < fits.size(); i++) {
      vectors.add(
          unit(Arrays.copyOfRange(all, i * vector.dimensions(), (i + 1) * vector.dimensions())));
    }
    return vectors;
  }

  private static float[] unit(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    if (!(Math.abs(length - 1) <= TOLERANCE)) {
      throw new InferenceException("the model gave a vector of length %s".formatted(length));
    }
    return vector;
  }
}
