package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.golden.Golden;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators against torchvision's, in libtorch and in ONNX Runtime. */
class OpsGoldenTest {
  private Golden golden;

  @BeforeEach
  void open() {
    golden = Golden.shared("ops");
  }

  @ParameterizedTest
  @CsvSource({"4, 0", "4, 2", "16, 0", "16, 2"})
  void alignsRegions(int stride, int samplingRatio) throws OrtException {
    RoiAlign align = new RoiAlign(7, samplingRatio, 1.0 / stride);
    String name = "out/roi_align/s%d_aligned0_sr%d_7x7".formatted(stride, samplingRatio);
    Safetensors.Entry feature = golden.tensor("in/roi_align/feature_s" + stride);
    Safetensors.Entry rows = golden.tensor("in/roi_align/rois_s" + stride);
    float[] rois = columns(rows.floats(), 5, 1, 5);
    long[] image = longs(columns(rows.floats(), 5, 0, 1));
    try (PointerScope scope = new PointerScope()) {
      Tensor x = Tensors.of(feature.floats(), feature.shape());
      x.requires_grad_(true);
      Tensor pooled =
          new TorchOps(new Parameters(), false)
              .roiAlign(
                  x, Tensors.of(rois, image.length, 4), Tensors.of(image, image.length), align);
      golden.assertMatches(name, Tensors.floats(pooled), 1);
      Safetensors.Entry gradient = golden.tensor("in/roi_align/grad_out_7x7");
      pooled.mul(Tensors.of(gradient.floats(), gradient.shape())).sum().backward();
      golden.assertMatches(name + "/grad_in", Tensors.floats(x.grad()), 1);
    }
    OnnxGraph graph = new OnnxGraph("roi-align", false);
    OnnxOps ops = new OnnxOps(graph, new Parameters());
    long[] shape = feature.shape();
    String x = graph.input("x", DataType.FLOAT, -1, shape[1], shape[2], shape[3]);
    String pooled =
        ops.roiAlign(
            x, ops.constant(rois, image.length, 4), ops.constant(image, image.length), align);
    graph.output("y", pooled, DataType.FLOAT, -1, shape[1], 7, 7);
    golden.assertMatches(name, run(graph, feature), 1);
  }

  /** Every region's level, the regions at the edges between two levels among them. */
  @Test
  void poolsFromTheLevelThatFits() throws OrtException {
    PyramidPooling pooling = PyramidPooling.of(224);
    float[] rois = joined("in/ms_roi_align/boxes_img0", "in/ms_roi_align/boxes_img1");
    long[] image = {0, 0, 0, 0, 0, 1, 1, 1, 1};
    try (PointerScope scope = new PointerScope()) {
      TorchOps ops = new TorchOps(new Parameters(), false);
      assertThat(Tensors.longs(pooling.levelOf(ops, Tensors.of(rois, 9, 4))))
          .isEqualTo(golden.tensor("out/ms_roi_align/levels").longs());
      Safetensors.Entry edges = golden.tensor("in/ms_roi_align/level_boxes");
      assertThat(Tensors.longs(pooling.levelOf(ops, Tensors.of(edges.floats(), edges.shape()))))
          .isEqualTo(golden.tensor("out/ms_roi_align/level_of_level_boxes").longs());
      List<Tensor> levels = new ArrayList<>();
      for (int level = 0; level < 4; level++) {
        Safetensors.Entry feature = golden.tensor("in/ms_roi_align/feature_" + level);
        levels.add(Tensors.of(feature.floats(), feature.shape()));
      }
      Tensor pooled =
          ops.pyramidRoiAlign(levels, Tensors.of(rois, 9, 4), Tensors.of(image, 9), pooling, 7);
      golden.assertMatches("out/ms_roi_align/pooled", Tensors.floats(pooled), 1);
    }
    OnnxGraph graph = new OnnxGraph("pool", false);
    OnnxOps ops = new OnnxOps(graph, new Parameters());
    Safetensors.Entry first = golden.tensor("in/ms_roi_align/feature_0");
    List<String> levels = new ArrayList<>();
    levels.add(graph.input("x", DataType.FLOAT, -1, 3, 64, 80));
    for (int level = 1; level < 4; level++) {
      Safetensors.Entry feature = golden.tensor("in/ms_roi_align/feature_" + level);
      levels.add(ops.constant(feature.floats(), feature.shape()));
    }
    String pooled =
        ops.pyramidRoiAlign(levels, ops.constant(rois, 9, 4), ops.constant(image, 9), pooling, 7);
    graph.output("y", pooled, DataType.FLOAT, -1, 3, 7, 7);
    golden.assertMatches("out/ms_roi_align/pooled", run(graph, first), 1);
  }

  @ParameterizedTest
  @CsvSource({"nms, 0.3", "nms, 0.5", "nms, 0.7", "nms_edge, 0.5"})
  void suppresses(String name, float threshold) throws OrtException {
    float[] boxes = golden.tensor("in/" + name + "/boxes").floats();
    float[] scores = golden.tensor("in/" + name + "/scores").floats();
    long[] keep = golden.tensor("out/%s/keep_%s".formatted(name, threshold)).longs();
    assertThat(kept(inLibtorch(boxes, scores, 1, threshold), scores)).isEqualTo(keep);
    assertThat(kept(inOnnxRuntime(boxes, scores, 1, threshold), scores)).isEqualTo(keep);
  }

  @ParameterizedTest
  @ValueSource(strings = {"batched_nms", "batched_nms_large"})
  void suppressesWithinEachClassOnly(String name) throws OrtException {
    float[] boxes = golden.tensor("in/" + name + "/boxes").floats();
    float[] scores = golden.tensor("in/" + name + "/scores").floats();
    long[] labels = golden.tensor("in/" + name + "/idxs").longs();
    int classes = (int) Arrays.stream(labels).max().orElseThrow() + 1;
    float[] byClass = new float[classes * scores.length];
    Arrays.fill(byClass, -1);
    for (int i = 0; i < scores.length; i++) {
      byClass[(int) labels[i] * scores.length + i] = scores[i];
    }
    long[] keep = golden.tensor("out/" + name + "/keep_0.5").longs();
    assertThat(kept(inLibtorch(boxes, byClass, classes, 0.5f), scores)).isEqualTo(keep);
    assertThat(kept(inOnnxRuntime(boxes, byClass, classes, 0.5f), scores)).isEqualTo(keep);
  }

  private static long[] inLibtorch(float[] boxes, float[] scores, int classes, float threshold) {
    try (PointerScope scope = new PointerScope()) {
      int count = boxes.length / 4;
      return Tensors.longs(
          new TorchOps(new Parameters(), false)
              .nonMaxSuppression(
                  Tensors.of(boxes, 1, count, 4),
                  Tensors.of(scores, 1, classes, count),
                  threshold,
                  -0.5f));
    }
  }

  private static long[] inOnnxRuntime(float[] boxes, float[] scores, int classes, float threshold)
      throws OrtException {
    int count = boxes.length / 4;
    OnnxGraph graph = new OnnxGraph("nms", false);
    OnnxOps ops = new OnnxOps(graph, new Parameters());
    String x = graph.input("x", DataType.FLOAT, -1, count, 4);
    String selected =
        ops.nonMaxSuppression(x, ops.constant(scores, 1, classes, count), threshold, -0.5f);
    graph.output("y", ops.toFloat(selected), DataType.FLOAT, -1, 3);
    return longs(run(graph, boxes, 1, count, 4));
  }

  /** Boxes of the rows image, class, box, best score first, as torchvision orders them. */
  private static long[] kept(long[] rows, float[] scores) {
    List<Long> boxes = new ArrayList<>();
    for (int i = 2; i < rows.length; i += 3) {
      boxes.add(rows[i]);
    }
    boxes.sort(Comparator.comparingDouble(box -> -scores[Math.toIntExact(box)]));
    return boxes.stream().mapToLong(Long::longValue).toArray();
  }

  private static float[] run(OnnxGraph graph, Safetensors.Entry input) throws OrtException {
    return run(graph, input.floats(), input.shape());
  }

  private static float[] run(OnnxGraph graph, float[] input, long... shape) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph.toBytes("test"));
        OnnxTensor x = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[values.remaining()];
      values.get(copy);
      return copy;
    }
  }

  private float[] joined(String first, String second) {
    float[] a = golden.tensor(first).floats();
    float[] b = golden.tensor(second).floats();
    float[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static float[] columns(float[] rows, int width, int from, int to) {
    float[] some = new float[rows.length / width * (to - from)];
    for (int i = 0; i < some.length; i++) {
      some[i] = rows[i / (to - from) * width + from + i % (to - from)];
    }
    return some;
  }

  private static long[] longs(float[] values) {
    long[] longs = new long[values.length];
    for (int i = 0; i < longs.length; i++) {
      longs[i] = (long) values[i];
    }
    return longs;
  }
}
