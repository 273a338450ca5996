package io.alcedo.training.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.detection.RegionCnnConfig.Boxes;
import io.alcedo.training.detection.RegionCnnConfig.Masks;
import io.alcedo.training.detection.RegionCnnConfig.Proposals;
import io.alcedo.training.detection.RegionCnnConfig.Pyramid;
import io.alcedo.training.detection.RegionCnnConfig.Trunk;
import io.alcedo.training.ops.CostOps;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The variants that torchvision publishes, beyond the one of the goldens. */
class RegionCnnVariantsTest {
  private static final int SIDE = 64;
  private static final List<String> COCO = java.util.Collections.nCopies(90, "thing");

  /** The first generation counts without its frozen norms, as published. */
  static Stream<Arguments> published() {
    return Stream.of(
        Arguments.of(RegionCnnConfig.torchvision(COCO, 50, false, 0), 41_755_286L),
        Arguments.of(RegionCnnConfig.torchvision(COCO, 50, true, 0), 44_401_393L),
        Arguments.of(RegionCnnConfig.torchvisionV2(COCO, 50, false), 43_712_278L),
        Arguments.of(RegionCnnConfig.torchvisionV2(COCO, 50, true), 46_359_409L));
  }

  @ParameterizedTest
  @MethodSource("published")
  void hasThePublishedNumberOfParameters(RegionCnnConfig config, long parameters) {
    CostOps cost = new CostOps();
    new RegionCnn(config)
        .detect(
            cost,
            CostOps.Shape.of(1, 3, config.canvasHeight(), config.canvasWidth()),
            CostOps.Shape.of(1, 4));
    assertThat(cost.parameters()).isEqualTo(parameters);
  }

  /** Norms with statistics of their own, so that folding them wrongly would show. */
  @Test
  void exportsTheSecondGenerationAsItRuns() throws OrtException {
    RegionCnn network = new RegionCnn(second());
    try (Parameters parameters = new Parameters(new SplittableRandom(5));
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      float[] pixels = noise(2 * 3 * SIDE * SIDE);
      detect(network, parameters, pixels);
      parameters.seal();
      SplittableRandom random = new SplittableRandom(6);
      List.copyOf(parameters.buffers().entrySet())
          .forEach(
              entry -> {
                float[] values = new float[(int) entry.getValue().numel()];
                int centre = entry.getKey().endsWith("running_var") ? 1 : 0;
                for (int i = 0; i < values.length; i++) {
                  values[i] = (float) random.nextDouble(-0.1, 0.1) + centre;
                }
                parameters.putBuffer(entry.getKey(), values, values.length);
              });
      Detections<Tensor> eager = detect(network, parameters, pixels);
      float[] scores = Tensors.floats(eager.scores());
      assertThat(scores).hasSizeGreaterThan(5);
      assertThat(parameters.trainable())
          .containsKeys(
              "backbone.fpn.inner_blocks.0.1.weight",
              "rpn.head.conv.1.0.bias",
              "roi_heads.box_head.3.1.weight",
              "roi_heads.box_head.5.weight",
              "roi_heads.mask_head.0.1.bias");
      assertExported(network, parameters, pixels, eager);
    }
  }

  private static void assertExported(
      RegionCnn network, Parameters parameters, float[] pixels, Detections<Tensor> eager)
      throws OrtException {
    OnnxGraph graph = new OnnxGraph("second", false);
    OnnxOps ops = new OnnxOps(graph, parameters);
    String images = graph.input("images", DataType.FLOAT, -1, 3, SIDE, SIDE);
    String sizes = graph.input("sizes", DataType.FLOAT, -1, 4);
    Detections<String> found = network.detect(ops, images, sizes);
    graph.output("boxes", found.boxes(), DataType.FLOAT, -1, 4);
    graph.output("masks", found.masks(), DataType.FLOAT, -1, 28, 28);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph.toBytes("test"));
        OnnxTensor in =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(pixels), new long[] {2, 3, SIDE, SIDE});
        OnnxTensor true4 =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(SIZES), new long[] {2, 4});
        OrtSession.Result result = session.run(Map.of("images", in, "sizes", true4))) {
      assertThat(floats(result, "boxes"))
          .containsExactly(Tensors.floats(eager.boxes()), within(0.01f));
      assertThat(floats(result, "masks"))
          .containsExactly(Tensors.floats(eager.masks()), within(0.001f));
    }
  }

  private static final float[] SIZES = {SIDE, SIDE, SIDE, SIDE, SIDE, 40, SIDE, 40};

  private static float[] floats(OrtSession.Result result, String name) {
    return ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer().array();
  }

  private static Detections<Tensor> detect(
      RegionCnn network, Parameters parameters, float[] pixels) {
    return network.detect(
        new TorchOps(parameters, false),
        Tensors.of(pixels, 2, 3, SIDE, SIDE),
        Tensors.of(SIZES, 2, 4));
  }

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static RegionCnnConfig second() {
    return new RegionCnnConfig(
        List.of("person", "car"),
        SIDE,
        SIDE,
        new Trunk(18, 0.125, Norm.Kind.BATCH, 1e-5),
        new Pyramid(8, true),
        new AnchorGenerator(List.of(8, 16, 32, 64, 128), List.of(1.0, 2.0)),
        new Proposals(2, 20, 12),
        new Boxes(56, 4, 16),
        new Masks(2, 8, true),
        0.05,
        10);
  }
}
