package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Quantization;
import io.alcedo.training.ops.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Three 1×1 convolutions on pixels; the second has a weight a thousand times the others, for a
 * channel that is always 0: nothing in float32, ruin in 8 bits.
 */
class LayerSearchTest {
  private static final int SIDE = 4;

  private static final class Pixelwise implements QuantizationSubject<float[]> {
    @Override
    public Placement place(Placement.Size picture) {
      return Placement.asItIs(picture);
    }

    @Override
    public float[] answer(Ops<Tensor> ops, List<CanvasPicture> batch) {
      Tensor x = ops.transpose(CanvasPicture.pixels(batch), 0, 3, 1, 2); // [N, 3, 4, 4]
      x = ops.relu(ops.conv(x, layer("first")));
      x = ops.relu(ops.conv(x, layer("ruined")));
      return Tensors.floats(ops.conv(x, layer("last")));
    }

    private static Conv layer(String name) {
      return Conv.same(name, 3, 3, 1, 1, Initializer.zeros());
    }

    @Override
    public List<float[]> signals(Ops<Tensor> ops, List<CanvasPicture> batch, float[] truth) {
      return List.of(answer(ops, batch));
    }

    /** Mean difference over mean value. */
    @Override
    public double loss(List<float[]> truth, List<float[]> answers) {
      double difference = 0;
      double sum = 0;
      for (int i = 0; i < truth.size(); i++) {
        for (int k = 0; k < truth.get(i).length; k++) {
          difference += Math.abs(answers.get(i)[k] - truth.get(i)[k]);
          sum += Math.abs(truth.get(i)[k]);
        }
      }
      return difference / sum;
    }
  }

  private static Parameters parameters() {
    Parameters parameters = new Parameters();
    long[] shape = {3, 3, 1, 1};
    // Channel 2 of the first layer is negative, and 0 behind the rectifier.
    float[] first = {0.9f, 0.3f, 0.2f, 0.1f, 0.8f, 0.4f, -1, -1, -1};
    float[] ruined = {0.7f, 0.2f, 900, 0.3f, 0.6f, -700, 0.4f, 0.5f, 800};
    float[] last = {1, -0.5f, 0.3f, 0.2f, 0.9f, -0.4f, 0.6f, 0.1f, 0.8f};
    parameters.putTrainable("first.weight", first, shape);
    parameters.putTrainable("ruined.weight", ruined, shape);
    parameters.putTrainable("last.weight", last, shape);
    return parameters;
  }

  private static List<CanvasPicture> pictures() {
    SplittableRandom random = new SplittableRandom(3);
    List<CanvasPicture> pictures = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] pixels = new byte[3 * SIDE * SIDE];
      random.nextBytes(pixels);
      Placement fit = Placement.asItIs(new Placement.Size(SIDE, SIDE));
      pictures.add(new CanvasPicture(pixels, fit));
    }
    return pictures;
  }

  private static LayerSearch.Choice choose(double largestLoss) {
    List<CanvasPicture> pictures = pictures();
    Pixelwise subject = new Pixelwise();
    try (Parameters parameters = parameters()) {
      Calibration calibration = new Calibration(parameters);
      calibration.observe(ops -> subject.answer(ops, pictures));
      Quantization all = calibration.quantization(RangeEstimator.MIN_MAX, 8);
      return new LayerSearch<>(subject, parameters, pictures).choose(all, largestLoss);
    }
  }

  @Test
  void givesBackTheLayerThatSpoilsTheAnswer() {
    LayerSearch.Choice choice = choose(0.03);
    assertThat(choice.float32()).containsOnlyKeys("ruined");
    assertThat(choice.float32().get("ruined")).isGreaterThan(0.3);
    assertThat(choice.quantization().layers()).containsExactly("first", "last");
    assertThat(choice.loss()).isBetween(1e-4, 0.03);
    assertThat(choice.fullLoss()).isGreaterThan(0.3);
  }

  @Test
  void quantizesEverythingWhereThatIsGoodEnough() {
    LayerSearch.Choice choice = choose(1);
    assertThat(choice.float32()).isEmpty();
    assertThat(choice.quantization().layers()).containsExactly("first", "ruined", "last");
    assertThat(choice.loss()).isEqualTo(choice.fullLoss());
  }

  @Test
  void givesEverythingBackWhereNothingMayBeLost() {
    LayerSearch.Choice choice = choose(0);
    assertThat(choice.quantization().layers()).isEmpty();
    assertThat(choice.float32().keySet()).startsWith("ruined").hasSize(3);
    assertThat(choice.loss()).isZero();
  }
}
