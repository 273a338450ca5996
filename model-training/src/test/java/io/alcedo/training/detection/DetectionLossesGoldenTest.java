package io.alcedo.training.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Losses and gradients against torchvision's, with nothing left to chance in the sampling. */
class DetectionLossesGoldenTest {
  private static final DetectionLosses.Options EVERYTHING =
      new DetectionLosses.Options(100_000, 30, 60, 100_000, 0.5);
  private static final List<String> LOSSES =
      List.of(
          "loss_objectness", "loss_rpn_box_reg", "loss_classifier", "loss_box_reg", "loss_mask");

  @Test
  void computesTorchvisionsLossesAndGradients() {
    Golden weights = Golden.shared("maskrcnn_small");
    Golden golden = Golden.shared("maskrcnn_train");
    try (Parameters parameters = new Parameters();
        PointerScope scope = new PointerScope()) {
      weights.load(parameters, "", true);
      Golden.shared("resnet18").load(parameters, "backbone.body.", true);
      RegionCnn network = new RegionCnn(RegionCnnGoldenTest.CONFIG);
      Map<String, Tensor> losses =
          new DetectionLosses(network, EVERYTHING)
              .losses(
                  new TorchOps(parameters, true),
                  Tensors.of(weights.tensor("out/transformed/batch").floats(), 2, 3, 256, 256),
                  Tensors.of(RegionCnnGoldenTest.sizes(weights), 2, 4),
                  List.of(target(golden, 0, 192, 256), target(golden, 1, 226, 192)),
                  new SplittableRandom(1));
      Tensor total = null;
      for (String name : LOSSES) {
        float expected = golden.tensor("out/train/" + name).floats()[0];
        assertThat(losses.get(name).item_float())
            .as(name)
            .isCloseTo(expected, Percentage.withPercentage(0.001));
        total = total == null ? losses.get(name) : total.add(losses.get(name));
      }
      total.backward();
      assertGradients(golden, parameters);
    }
  }

  private static void assertGradients(Golden golden, Parameters parameters) {
    List<String> compared = new ArrayList<>();
    parameters
        .trainable()
        .forEach(
            (name, parameter) -> {
              var norm = golden.tensor("out/train/grad_norm/" + name);
              if (norm == null) {
                return;
              }
              float[] gradient = Tensors.floats(parameter.grad());
              assertThat(norm(gradient))
                  .as("norm of the gradient of %s", name)
                  .isCloseTo((double) norm.floats()[0], Percentage.withPercentage(0.2));
              var whole = golden.tensor("out/train/grad/" + name);
              if (whole != null) {
                assertThat(relativeError(gradient, whole.floats())).as(name).isLessThan(0.01);
                compared.add(name);
              }
            });
    assertThat(compared).hasSizeGreaterThanOrEqualTo(7);
  }

  private static DetectionTarget target(Golden golden, int image, int height, int width) {
    var entry = golden.tensor("out/train/resized_masks_img" + image);
    int count = (int) entry.shape()[0];
    byte[][] onCanvas = new byte[count][256 * 256];
    ByteBuffer masks = entry.data();
    for (int i = 0; i < count; i++) {
      for (int y = 0; y < height; y++) {
        masks.get((i * height + y) * width, onCanvas[i], y * 256, width);
      }
    }
    long[] labels = golden.tensor("in/target" + image + "/labels").longs();
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (int) labels[i];
    }
    float[] boxes = golden.tensor("out/train/resized_boxes_img" + image).floats();
    return new DetectionTarget(boxes, ids, onCanvas, new float[0]);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private static double relativeError(float[] actual, float[] expected) {
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
    }
    return Math.sqrt(difference) / norm(expected);
  }
}
