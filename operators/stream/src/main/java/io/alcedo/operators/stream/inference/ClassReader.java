package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads the scores [N, classes] of a classifier: logits through the softmax, probabilities as they
 * are.
 *
 * @param outputs of a checked manifest
 * @param classes how many the manifest names
 */
record ClassReader(Outputs outputs, int classes) implements OutputReader<ClassScores> {
  @Override
  public Set<String> names() {
    return Set.of(isLogits() ? outputs.logits() : outputs.scores());
  }

  private boolean isLogits() {
    return outputs.logits() != null;
  }

  @Override
  public List<ClassScores> read(OutputValues values, List<Placement> fits) {
    String name = names().iterator().next();
    float[] scores = values.floats(name);
    if (scores.length != fits.size() * classes) {
      throw new InferenceException(
          "output %s is %s for %d pictures, its manifest names %d classes"
              .formatted(name, Arrays.toString(values.shape(name)), fits.size(), classes));
    }
    List<ClassScores> all = new ArrayList<>(fits.size());
    for (int i = 0; i < fits.size(); i++) {
      float[] row = Arrays.copyOfRange(scores, i * classes, (i + 1) * classes);
      all.add(new ClassScores(isLogits() ? softmax(row) : row));
    }
    return all;
  }

  /**
   * In double, from the largest logit downwards, so that nothing overflows.
   *
   * @throws InferenceException if a logit is not finite
   */
  static float[] softmax(float[] logits) {
    double[] powers = new double[logits.length];
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new InferenceException("the model gave the logit " + logit);
      }
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      powers[i] = Math.exp(logits[i] - most);
      sum += powers[i];
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (powers[i] / sum);
    }
    return probabilities;
  }
}
