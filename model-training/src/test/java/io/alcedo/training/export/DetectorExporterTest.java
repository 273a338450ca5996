package io.alcedo.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.detection.AnchorGenerator;
import io.alcedo.training.detection.Detections;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.detection.RegionCnnConfig.Boxes;
import io.alcedo.training.detection.RegionCnnConfig.Masks;
import io.alcedo.training.detection.RegionCnnConfig.Proposals;
import io.alcedo.training.detection.RegionCnnConfig.Pyramid;
import io.alcedo.training.detection.RegionCnnConfig.Trunk;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorExporterTest {
  private static final int SIDE = 64;
  private static final RegionCnnConfig TINY = tiny(new Masks(1, 8, false), 0.05);

  private record Found(float[] boxes, float[] scores, long[] image, long[] labels) {
    int count(long wanted) {
      return (int) Arrays.stream(image).filter(i -> i == wanted).count();
    }

    float[] boxesOf(long wanted) {
      int first = (int) Arrays.stream(image).filter(i -> i < wanted).count();
      return Arrays.copyOfRange(boxes, 4 * first, 4 * (first + count(wanted)));
    }
  }

  @Test
  void findsTheSameAsTheEagerNetwork() throws OrtException {
    try (Parameters parameters = parameters(new RegionCnn(TINY), 3)) {
      byte[] pictures = pictures(2, 11);
      Found exported =
          run(new DetectorExporter(new RegionCnn(TINY), false).model(parameters), pictures);
      Found eager = eager(parameters, pictures);
      assertThat(exported.labels).isEqualTo(eager.labels).isNotEmpty();
      assertThat(exported.image).isEqualTo(eager.image);
      assertThat(largestDifference(exported.boxes, eager.boxes)).isLessThan(0.01f);
      assertThat(largestDifference(exported.scores, eager.scores)).isLessThan(1e-4f);
    }
  }

  @Test
  void givesAnImageTheSameAloneAndInABatch() throws OrtException {
    try (Parameters parameters = parameters(new RegionCnn(TINY), 3)) {
      byte[] model = new DetectorExporter(new RegionCnn(TINY), false).model(parameters);
      byte[] three = pictures(3, 5);
      byte[] second = Arrays.copyOfRange(three, SIDE * SIDE * 3, 2 * SIDE * SIDE * 3);
      Found together = run(model, three);
      Found alone = run(model, second);
      assertThat(alone.count(0)).isEqualTo(together.count(1)).isPositive();
      assertThat(largestDifference(alone.boxes, together.boxesOf(1))).isLessThan(1e-3f);
    }
  }

  /** A picture of NaN, as a broken normalisation would make it, next to a good one. */
  @Test
  void aPictureOfNanFindsNothingAndSparesItsNeighbour() throws OrtException {
    try (Parameters parameters = parameters(new RegionCnn(TINY), 3)) {
      OnnxGraph graph = new OnnxGraph("mask-rcnn", false);
      OnnxOps ops = new OnnxOps(graph, parameters);
      String images = graph.input("images", DataType.FLOAT, -1, 3, SIDE, SIDE);
      String sizes = graph.input("sizes", DataType.FLOAT, -1, 4);
      Detections<String> found = new RegionCnn(TINY).detect(ops, images, sizes);
      graph.output("scores", found.scores(), DataType.FLOAT, -1);
      graph.output("batch_index", found.image(), DataType.INT64, -1);
      byte[] model = graph.toBytes("1");
      float[] good = new float[3 * SIDE * SIDE];
      SplittableRandom random = new SplittableRandom(4);
      for (int i = 0; i < good.length; i++) {
        good[i] = (float) random.nextDouble(-2, 2);
      }
      float[] bad = new float[good.length];
      Arrays.fill(bad, Float.NaN);

      float[] alone = scoresOf(model, 0, good);
      assertThat(alone).isNotEmpty();
      assertThat(scoresOf(model, 1, bad, good)).containsExactly(alone);
      assertThat(scoresOf(model, 0, bad, good)).isEmpty();
      Arrays.fill(bad, 1e30f);
      assertThat(scoresOf(model, 1, bad, good)).containsExactly(alone);
    }
  }

  @Test
  void staysBelowTheOperatorVersionThatTheEngineLacks() {
    assertThat(OnnxGraph.OPSET)
        .as("RoiAlign of opset 22 has no CPU kernel")
        .isLessThanOrEqualTo(21);
  }

  private static float[] scoresOf(byte[] model, int wanted, float[]... pictures)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    FloatBuffer values = FloatBuffer.allocate(pictures.length * pictures[0].length);
    for (float[] picture : pictures) {
      values.put(picture);
    }
    long[] shape = {pictures.length, 3, SIDE, SIDE};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor images = OnnxTensor.createTensor(environment, values.flip(), shape);
        OnnxTensor sizes =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(sizes(pictures.length)),
                new long[] {pictures.length, 4});
        OrtSession.Result result = session.run(Map.of("images", images, "sizes", sizes))) {
      float[] scores = (float[]) result.get("scores").orElseThrow().getValue();
      long[] image = (long[]) result.get("batch_index").orElseThrow().getValue();
      float[] chosen = new float[scores.length];
      int count = 0;
      for (int i = 0; i < scores.length; i++) {
        if (image[i] == wanted) {
          chosen[count++] = scores[i];
        }
      }
      return Arrays.copyOf(chosen, count);
    }
  }

  @Test
  void findsNothingWithoutComplaint() throws OrtException {
    RegionCnnConfig strict = tiny(TINY.masks(), 1.5);
    try (Parameters parameters = parameters(new RegionCnn(strict), 3)) {
      Found found =
          run(new DetectorExporter(new RegionCnn(strict), false).model(parameters), pictures(2, 1));
      assertThat(found.boxes).isEmpty();
      assertThat(found.labels).isEmpty();
    }
  }

  @Test
  void writesTheSameBytesTwiceAndHalfAsManyWithHalfWeights(@TempDir Path directory)
      throws Exception {
    try (Parameters parameters = parameters(new RegionCnn(TINY), 3)) {
      DetectorExporter full = new DetectorExporter(new RegionCnn(TINY), false);
      assertThat(full.model(parameters)).isEqualTo(full.model(parameters));
      DetectorExporter half = new DetectorExporter(new RegionCnn(TINY), true);
      byte[] small = half.model(parameters);
      assertThat(small.length).isLessThan((int) (0.75 * full.model(parameters).length));
      ModelManifest manifest =
          half.write(directory, "tiny", "Apache-2.0", parameters, Map.of("data", "none"));
      assertThat(manifest.labels()).containsExactly("background", "person", "car");
      assertThat(directory.resolve("model.onnx")).hasBinaryContent(small);
      Found exact = run(full.model(parameters), pictures(1, 2));
      Found rounded = run(small, pictures(1, 2));
      assertThat(Math.abs(rounded.boxes.length - exact.boxes.length)).isLessThanOrEqualTo(8);
    }
  }

  private static RegionCnnConfig tiny(Masks masks, double scoreThreshold) {
    return new RegionCnnConfig(
        List.of("person", "car"),
        SIDE,
        SIDE,
        new Trunk(18, 0.125, Norm.Kind.BATCH, 1e-5),
        new Pyramid(8, false),
        new AnchorGenerator(List.of(8, 16, 32, 64, 128), List.of(1.0, 2.0)),
        new Proposals(1, 20, 12),
        new Boxes(56, 0, 16),
        masks,
        scoreThreshold,
        10);
  }

  private static Parameters parameters(RegionCnn network, long seed) {
    Parameters parameters = new Parameters(new SplittableRandom(seed));
    RegionCnnConfig config = network.config();
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      float[] empty = new float[config.canvasHeight() * config.canvasWidth() * 3];
      network.detectPictures(
          new TorchOps(parameters, false),
          Tensors.of(empty, 1, config.canvasHeight(), config.canvasWidth(), 3),
          Tensors.of(new float[] {SIDE, SIDE, SIDE, SIDE}, 1, 4));
    }
    parameters.seal();
    return parameters;
  }

  private static Found eager(Parameters parameters, byte[] pictures) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      float[] values = new float[pictures.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = pictures[i] & 0xff;
      }
      int count = pictures.length / (SIDE * SIDE * 3);
      var found =
          new RegionCnn(TINY)
              .<Tensor>detectPictures(
                  new TorchOps(parameters, false),
                  Tensors.of(values, count, SIDE, SIDE, 3),
                  Tensors.of(sizes(count), count, 4));
      return new Found(
          Tensors.floats(found.boxes()),
          Tensors.floats(found.scores()),
          Tensors.longs(found.image()),
          Tensors.longs(found.labels()));
    }
  }

  private static Found run(byte[] model, byte[] pictures) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    int count = pictures.length / (SIDE * SIDE * 3);
    ByteBuffer bytes = ByteBuffer.allocateDirect(pictures.length).put(pictures).flip();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment, bytes, new long[] {count, SIDE, SIDE, 3}, OnnxJavaType.UINT8);
        OnnxTensor sizes =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(sizes(count)), new long[] {count, 4});
        OrtSession.Result result = session.run(Map.of("images", images, "sizes", sizes))) {
      return new Found(
          ((OnnxTensor) result.get("boxes").orElseThrow()).getFloatBuffer().array(),
          (float[]) result.get("scores").orElseThrow().getValue(),
          (long[]) result.get("batch_index").orElseThrow().getValue(),
          (long[]) result.get("labels").orElseThrow().getValue());
    }
  }

  private static byte[] pictures(int count, long seed) {
    byte[] pictures = new byte[count * SIDE * SIDE * 3];
    new SplittableRandom(seed).nextBytes(pictures);
    return pictures;
  }

  private static float[] sizes(int count) {
    float[] sizes = new float[4 * count];
    Arrays.fill(sizes, SIDE);
    return sizes;
  }

  private static float largestDifference(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
