package io.alcedo.training.detection;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The whole detector against torchvision's Mask R-CNN, in libtorch and as an ONNX graph. */
class RegionCnnGoldenTest {
  static final RegionCnnConfig CONFIG = config(new RegionCnnConfig.Masks(2, 64, false));
  private static final RegionCnnConfig WITHOUT_MASKS = config(null);

  private static RegionCnnConfig config(RegionCnnConfig.Masks masks) {
    return new RegionCnnConfig(
        List.of("ellipse", "rectangle", "triangle", "ring"),
        256,
        256,
        new RegionCnnConfig.Trunk(18, 1, Norm.Kind.FROZEN, 1e-5),
        new RegionCnnConfig.Pyramid(64, false),
        new AnchorGenerator(List.of(32, 64, 128, 256, 512), List.of(0.5, 1.0, 2.0)),
        new RegionCnnConfig.Proposals(1, 25, 50),
        new RegionCnnConfig.Boxes(224, 0, 128),
        masks,
        0.4,
        100);
  }

  private record Found(float[] boxes, long[] labels, float[] scores, long[] image, float[] masks) {}

  @Test
  void findsInLibtorchWhatTorchvisionFinds() {
    Golden golden = Golden.shared("maskrcnn_small");
    assertMatches(golden, eager(golden, CONFIG));
  }

  @Test
  void findsInOnnxRuntimeWhatTorchvisionFinds() throws OrtException {
    Golden golden = Golden.shared("maskrcnn_small");
    assertMatches(golden, exported(golden, CONFIG));
  }

  /** torchvision's {@code FasterRCNN} with these weights gives the same boxes: see the README. */
  @Test
  void findsTheSameBoxesWithoutMaskHead() throws OrtException {
    Golden golden = Golden.shared("maskrcnn_small");
    assertMatches(golden, eager(golden, WITHOUT_MASKS));
    assertMatches(golden, exported(golden, WITHOUT_MASKS));
  }

  private static Found eager(Golden golden, RegionCnnConfig config) {
    try (Parameters parameters = parameters(golden);
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Detections<Tensor> found =
          new RegionCnn(config)
              .detect(
                  new TorchOps(parameters, false),
                  Tensors.of(golden.tensor("out/transformed/batch").floats(), 2, 3, 256, 256),
                  Tensors.of(sizes(golden), 2, 4));
      return new Found(
          Tensors.floats(found.boxes()),
          Tensors.longs(found.labels()),
          Tensors.floats(found.scores()),
          Tensors.longs(found.image()),
          found.masks() == null ? null : Tensors.floats(found.masks()));
    }
  }

  private static Found exported(Golden golden, RegionCnnConfig config) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph(golden, config));
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(golden.tensor("out/transformed/batch").floats()),
                new long[] {2, 3, 256, 256});
        OnnxTensor sizes =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(sizes(golden)), new long[] {2, 4});
        OrtSession.Result result = session.run(Map.of("images", images, "sizes", sizes))) {
      return new Found(
          tensor(result, "boxes").getFloatBuffer().array(),
          (long[]) tensor(result, "labels").getValue(),
          (float[]) tensor(result, "scores").getValue(),
          (long[]) tensor(result, "batch_index").getValue(),
          config.masks() == null ? null : tensor(result, "masks").getFloatBuffer().array());
    }
  }

  private static byte[] graph(Golden golden, RegionCnnConfig config) {
    try (Parameters parameters = parameters(golden)) {
      OnnxGraph graph = new OnnxGraph("golden", false);
      OnnxOps ops = new OnnxOps(graph, parameters);
      String images = graph.input("images", DataType.FLOAT, -1, 3, 256, 256);
      String sizes = graph.input("sizes", DataType.FLOAT, -1, 4);
      Detections<String> found = new RegionCnn(config).detect(ops, images, sizes);
      graph.output("boxes", found.boxes(), DataType.FLOAT, -1, 4);
      graph.output("labels", found.labels(), DataType.INT64, -1);
      graph.output("scores", found.scores(), DataType.FLOAT, -1);
      graph.output("batch_index", found.image(), DataType.INT64, -1);
      if (found.masks() != null) {
        graph.output("masks", found.masks(), DataType.FLOAT, -1, 28, 28);
      }
      return graph.toBytes("test");
    }
  }

  private static OnnxTensor tensor(OrtSession.Result result, String name) {
    return (OnnxTensor) result.get(name).orElseThrow();
  }

  private static void assertMatches(Golden golden, Found found) {
    int at = 0;
    for (int image = 0; image < 2; image++) {
      String prefix = "out/detections/img" + image + "/";
      long[] labels = golden.tensor(prefix + "labels").longs();
      int end = at + labels.length;
      assertThat(Arrays.copyOfRange(found.labels, at, end)).isEqualTo(labels);
      assertThat(Arrays.copyOfRange(found.image, at, end)).containsOnly(image);
      golden.assertMatches(prefix + "boxes", Arrays.copyOfRange(found.boxes, 4 * at, 4 * end), 1);
      golden.assertMatches(prefix + "scores", Arrays.copyOfRange(found.scores, at, end), 1);
      if (found.masks != null) {
        golden.assertMatches(
            prefix + "masks", Arrays.copyOfRange(found.masks, 784 * at, 784 * end), 1);
      }
      at = end;
    }
    assertThat(found.labels).hasSize(at);
  }

  private static Parameters parameters(Golden golden) {
    Parameters parameters = new Parameters();
    golden.load(parameters, "", true);
    Golden.shared("resnet18").load(parameters, "backbone.body.", true);
    return parameters;
  }

  static float[] sizes(Golden golden) {
    long[] sizes = golden.tensor("out/transformed/image_sizes").longs(); // height, width
    float[] rows = new float[8];
    for (int i = 0; i < 8; i++) {
      rows[i] = sizes[2 * (i / 4) + 1 - i % 2];
    }
    return rows;
  }
}
