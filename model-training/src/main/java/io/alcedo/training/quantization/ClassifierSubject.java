package io.alcedo.training.quantization;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A classifier, whose answers are logits. Lost is what the float32 network's own probabilities say
 * is lost: where another class is named, how much less probable it is. Between two classes that are
 * equally probable nothing is lost by the other.
 */
record ClassifierSubject(ClassifierConfig config) implements QuantizationSubject<float[]> {
  @Override
  public Placement place(Placement.Size picture) {
    Placement.Size canvas = new Placement.Size(config.side(), config.side());
    return config.shortSide() == null
        ? Placement.stretched(picture, canvas)
        : Placement.centerCrop(picture, config.shortSide(), canvas);
  }

  @Override
  public float[] answer(Ops<Tensor> ops, List<CanvasPicture> batch) {
    return Tensors.floats(config.network().pictureLogits(ops, CanvasPicture.pixels(batch)));
  }

  @Override
  public List<float[]> signals(Ops<Tensor> ops, List<CanvasPicture> batch, float[] truth) {
    return List.of(answer(ops, batch));
  }

  @Override
  public double loss(List<float[]> truth, List<float[]> answers) {
    int classes = config.classes();
    double lost = 0;
    int pictures = 0;
    for (int i = 0; i < truth.size(); i++) {
      for (int row = 0; row < truth.get(i).length; row += classes) {
        int named = best(truth.get(i), row, classes);
        int other = best(answers.get(i), row, classes);
        lost += probability(truth.get(i), row, named) - probability(truth.get(i), row, other);
        pictures++;
      }
    }
    return lost / pictures;
  }

  private static int best(float[] logits, int row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (logits[row + c] > logits[row + best]) {
        best = c;
      }
    }
    return best;
  }

  private double probability(float[] logits, int row, int index) {
    double sum = 0;
    for (int c = 0; c < config.classes(); c++) {
      sum += Math.exp(logits[row + c] - logits[row + index]);
    }
    return 1 / sum;
  }
}
