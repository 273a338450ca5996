package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.ops.CostOps.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;

class CostOpsTest {

  /**
   * 64·3·49·112² + 4·64²·9·56² + 3 stages of 411,041,792 each; torchvision's 11,689,512 less fc.
   */
  @Test
  void countsResNet18AsByHand() {
    CostOps ops = new CostOps();
    List<Shape> stages =
        ResNet.ofDepth(18, 1, Norm.batch("")).features(ops, Shape.of(1, 3, 224, 224));
    assertThat(ops.multiplyAdds()).isEqualTo(1_813_561_344L);
    assertThat(ops.parameters()).isEqualTo(11_689_512 - 513_000);
    assertThat(stages.get(3).sizes()).containsExactly(1L, 512L, 7L, 7L);
  }

  @Test
  void countsTheParametersThatTheDetectorTrains() {
    RegionCnnConfig config = RegionCnnConfig.slim();
    RegionCnn network = new RegionCnn(config);
    int height = config.canvasHeight();
    int width = config.canvasWidth();
    CostOps ops = new CostOps();
    var found = network.detectPictures(ops, Shape.of(1, height, width, 3), Shape.of(1, 4));
    assertThat(found.masks().sizes()).containsExactly(100L, 28L, 28L);
    try (Parameters parameters = new Parameters(new SplittableRandom(1));
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      network.detectPictures(
          new TorchOps(parameters, false),
          Tensors.of(new float[height * width * 3], 1, height, width, 3),
          Tensors.of(new float[] {width, height, width, height}, 1, 4));
      assertThat(ops.parameters()).isEqualTo(parameters.trainableCount());
    }
    // The shared RPN head runs once a level.
    assertThat(ops.layers().stream().filter(layer -> layer.name().endsWith("cls_logits")))
        .hasSize(5);
  }

  @Test
  void costsTwiceForTwicePictures() {
    assertThat(cost(4)).isEqualTo(2 * cost(2));
  }

  private static long cost(int pictures) {
    CostOps ops = new CostOps();
    new RegionCnn(RegionCnnConfig.slim())
        .detectPictures(ops, Shape.of(pictures, 384, 512, 3), Shape.of(pictures, 4));
    return ops.multiplyAdds();
  }
}
