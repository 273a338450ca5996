package io.alcedo.training.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.detection.AnchorGenerator;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.detection.RegionCnnConfig.Boxes;
import io.alcedo.training.detection.RegionCnnConfig.Masks;
import io.alcedo.training.detection.RegionCnnConfig.Proposals;
import io.alcedo.training.detection.RegionCnnConfig.Pyramid;
import io.alcedo.training.detection.RegionCnnConfig.Trunk;
import io.alcedo.training.model.ModelExport;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxProbe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedExportTest {
  private static final int SIDE = 64;
  private static final Int8Options ALL = new Int8Options(RangeEstimator.LEAST_SQUARES, 7, 1);

  @TempDir private static Path folder;
  private static Path video;
  private static Path detector;
  private static ModelManifest manifest;
  private static String printed;

  private record Found(float[] boxes, float[] scores, float[] masks, long[] image) {}

  @BeforeAll
  static void exportADetector() throws Exception {
    video = TestVideo.write(folder.resolve("grey.avi"), 24);
    detector = folder.resolve("detector");
    StringWriter text = new StringWriter();
    manifest = export(NetworkSpec.of(tiny(0.05)), ALL, detector, new PrintWriter(text));
    printed = text.toString();
  }

  private static RegionCnnConfig tiny(double scoreThreshold) {
    return new RegionCnnConfig(
        List.of("person", "car"),
        SIDE,
        SIDE,
        new Trunk(18, 0.125, Norm.Kind.BATCH, 1e-5),
        new Pyramid(8, false),
        new AnchorGenerator(List.of(8, 16, 32, 64, 128), List.of(1.0, 2.0)),
        new Proposals(1, 20, 12),
        new Boxes(56, 0, 16),
        new Masks(1, 8, false),
        scoreThreshold,
        10);
  }

  private static ModelManifest export(
      NetworkSpec network, Int8Options options, Path output, PrintWriter out) throws IOException {
    Path weights = folder.resolve(output.getFileName() + ".safetensors");
    writeWeights(network, weights);
    ModelExport export = new ModelExport(network, "tiny", "Apache-2.0", false, Map.of("seed", "2"));
    CalibrationPictures frames = CalibrationPictures.of(video, CalibrationRange.of("2-20", 6));
    return new QuantizedExport(export, frames, options).write(weights, output, out);
  }

  /** Random weights of He's deviation, norms that change nothing. */
  private static void writeWeights(NetworkSpec network, Path file) throws IOException {
    RandomGenerator random = new SplittableRandom(2);
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> shapes = network.cost().parameterShapes();
    shapes.forEach(
        (name, shape) -> {
          float[] weight = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
          double std = Math.sqrt(2.0 * shape[0] / weight.length);
          boolean scale = name.contains("running_var") || (shape.length == 1 && isWeight(name));
          for (int i = 0; i < weight.length; i++) {
            weight[i] = scale ? 1 : shape.length == 1 ? 0 : (float) (std * random.nextGaussian());
          }
          values.put(name, weight);
        });
    Safetensors.write(file, Map.of(), values, shapes);
  }

  private static boolean isWeight(String name) {
    return name.endsWith(".weight");
  }

  private static Found run(Path model, byte[] pictures) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    int count = pictures.length / (SIDE * SIDE * 3);
    ByteBuffer bytes = ByteBuffer.allocateDirect(pictures.length).put(pictures).flip();
    float[] sizes = new float[4 * count];
    Arrays.fill(sizes, SIDE);
    try (OrtSession session = environment.createSession(model.resolve("model.onnx").toString());
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment, bytes, new long[] {count, SIDE, SIDE, 3}, OnnxJavaType.UINT8);
        OnnxTensor size =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(sizes), new long[] {count, 4});
        OrtSession.Result result = session.run(Map.of("images", images, "sizes", size))) {
      return new Found(
          ((OnnxTensor) result.get("boxes").orElseThrow()).getFloatBuffer().array(),
          (float[]) result.get("scores").orElseThrow().getValue(),
          ((OnnxTensor) result.get("masks").orElseThrow()).getFloatBuffer().array(),
          (long[]) result.get("batch_index").orElseThrow().getValue());
    }
  }

  private static byte[] pictures(int count) {
    byte[] pictures = new byte[count * SIDE * SIDE * 3];
    new SplittableRandom(8).nextBytes(pictures);
    return pictures;
  }

  @Test
  void theManifestTellsHowItWasQuantized() {
    assertThat(manifest.provenance())
        .containsEntry("seed", "2")
        .containsEntry("precision", "int8, weights of 7 bits")
        .containsEntry(
            "calibration", "6 of the frames 2 to 20 of grey.avi, ranges by least-squares")
        .containsEntry("int8Layers", "37 of 37")
        .doesNotContainKeys("float32Layers", "float32ForWantOfObjects");
    assertThat(manifest.provenance().get("int8Loss")).endsWith(" points");
    assertThat(printed).contains("calibration: 6 of the frames", "int8Layers: 37 of 37");
  }

  @Test
  void onlyLayersAreQuantized() throws IOException {
    GraphProto graph =
        ModelProto.parseFrom(Files.readAllBytes(detector.resolve("model.onnx"))).getGraph();
    Map<String, NodeProto> producers = new HashMap<>();
    graph.getNodeList().forEach(node -> producers.put(node.getOutput(0), node));
    Map<String, Integer> quantized = new TreeMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("QuantizeLinear")) {
        quantized.merge(producers.get(node.getInput(0)).getOpType(), 1, Integer::sum);
      }
    }
    assertThat(quantized)
        .as("what gives the values that are quantized")
        .isEqualTo(
            Map.of(
                "BatchNormalization", 1, // the pictures
                "Conv", 30, // before joins and arithmetic
                "Relu", 25,
                "Add", 3, // of the pyramid; those of the trunk have a rectifier behind them
                "MaxPool", 2,
                "Resize", 3,
                "Reshape", 1, // regions for the box head
                "Gather", 1, // regions for the mask head
                "Max", 1)); // behind the transposed convolution
  }

  @Test
  void givesAPictureTheSameAloneAndInABatch() throws OrtException {
    byte[] three = pictures(3);
    Found together = run(detector, three);
    Found alone = run(detector, Arrays.copyOfRange(three, 0, three.length / 3));
    int count = alone.scores.length;
    assertThat(count).isPositive();
    assertThat(together.image[count - 1]).isZero();
    assertThat(together.image[count]).isEqualTo(1);
    assertThat(Arrays.copyOf(together.boxes, 4 * count)).isEqualTo(alone.boxes);
    assertThat(Arrays.copyOf(together.scores, count)).isEqualTo(alone.scores);
    assertThat(Arrays.copyOf(together.masks, alone.masks.length)).isEqualTo(alone.masks);
  }

  @Test
  void theEngineHasNothingToSay() throws Exception {
    assertThat(OnnxProbe.output(detector.resolve("model.onnx"), 2)).isEmpty();
  }

  @Test
  void headsThatNeverSawAnObjectStayFloatAndFindNothing() throws Exception {
    Path strict = folder.resolve("strict");
    ModelManifest nothing =
        export(NetworkSpec.of(tiny(1.5)), ALL, strict, new PrintWriter(new StringWriter()));
    assertThat(nothing.provenance())
        .containsEntry("int8Layers", "35 of 37")
        .containsEntry(
            "float32ForWantOfObjects",
            "roi_heads.mask_head.0.0, roi_heads.mask_predictor.mask_fcn_logits");
    Found found = run(strict, pictures(2));
    assertThat(found.boxes).isEmpty();
    assertThat(found.masks).isEmpty();
  }

  @Test
  void aClassifierIsQuantizedToo() throws Exception {
    ClassifierConfig config =
        new ClassifierConfig(
            List.of("a", "b"), ClassifierConfig.Family.CIFAR, 8, null, null, null, null, null);
    Path classifier = folder.resolve("classifier");
    PrintWriter out = new PrintWriter(new StringWriter());
    ModelManifest facts = export(NetworkSpec.of(config), Int8Options.DEFAULT, classifier, out);
    assertThat(facts.task()).isEqualTo(ModelManifest.Task.CLASSIFICATION);
    assertThat(facts.provenance()).containsEntry("int8Layers", "8 of 8");
    assertThat(OnnxProbe.output(classifier.resolve("model.onnx"), 3)).isEmpty();
  }
}
