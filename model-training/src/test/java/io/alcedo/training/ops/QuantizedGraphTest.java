package io.alcedo.training.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.ops.Initializer.Fan;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network with every kind of layer: fake-quantized in libtorch, and as integers in ORT. */
class QuantizedGraphTest {
  private static final Initializer HE = Initializer.heNormal(Fan.IN);
  private static final long[] SHAPE = {2, 3, 16, 16};
  private static final float[] IMAGES = images();

  private final Parameters parameters = new Parameters(new SplittableRandom(5));
  private final Set<String> layers = new LinkedHashSet<>();
  private final Quantization quantization = calibrate();

  /** From images [N, 3, 16, 16] to a map [N, 4, 16, 16] and logits [N, 5]. */
  private static <T> List<T> forward(Ops<T> ops, T images) {
    Conv first = Conv.same("stem", 3, 8, 3, 1, HE);
    T stem = ops.relu(ops.convNorm(images, first, Norm.batch("bn"))); // [N, 8, 16, 16]
    T pooled = ops.maxPool(stem, 3, 2, 1); // [N, 8, 8, 8]
    T hidden = ops.relu(ops.conv(pooled, Conv.same("hidden", 8, 8, 3, 1, HE).withBias()));
    T residual = ops.convNorm(hidden, Conv.same("residual", 8, 8, 3, 1, HE), Norm.batch("bn2"));
    T joined = ops.relu(ops.join(residual, pooled)); // [N, 8, 8, 8]
    T coarse = ops.conv(joined, new Conv("coarse", 8, 8, 3, 2, 1, true, HE)); // [N, 8, 4, 4]
    T lateral = ops.conv(joined, Conv.same("lateral", 8, 8, 1, 1, HE).withBias());
    T sum = ops.join(lateral, ops.upsample(coarse, 8, 8)); // [N, 8, 8, 8]
    T grown = ops.relu(ops.convTranspose(sum, new Conv("grow", 8, 8, 2, 2, 0, true, HE)));
    T map = ops.conv(grown, Conv.same("map", 8, 4, 1, 1, HE).withBias()); // [N, 4, 16, 16]
    T logits = ops.linear(ops.averagePool(joined), new Linear("fc", 8, 5, HE));
    return List.of(ops.mul(map, ops.constant(new float[] {1})), logits);
  }

  private static float[] images() {
    SplittableRandom random = new SplittableRandom(9);
    float[] values = new float[2 * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return values;
  }

  private Quantization calibrate() {
    Map<String, float[]> least = new HashMap<>();
    run(
        new CalibratingOps(
            parameters,
            (place, tensor) -> {
              float[] range = least.computeIfAbsent(place, unused -> new float[2]);
              for (float value : Tensors.floats(tensor)) {
                range[0] = Math.min(range[0], value);
                range[1] = Math.max(range[1], value);
              }
            },
            (layer, values) -> layers.add(layer)));
    parameters.seal();
    Map<String, UInt8Grid> grids = new HashMap<>();
    least.forEach((place, range) -> grids.put(place, UInt8Grid.over(range[0], range[1])));
    return new Quantization(grids, layers, 7);
  }

  private static List<float[]> run(Ops<Tensor> ops) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return forward(ops, Tensors.of(IMAGES, SHAPE)).stream().map(Tensors::floats).toList();
    }
  }

  private byte[] graph(Quantization chosen) {
    OnnxGraph graph = new OnnxGraph("small", false);
    OnnxOps ops = new OnnxOps(graph, parameters, chosen);
    List<String> outputs = forward(ops, graph.input("images", DataType.FLOAT, -1, 3, 16, 16));
    graph.output("map", outputs.get(0), DataType.FLOAT, -1, 4, 16, 16);
    graph.output("logits", outputs.get(1), DataType.FLOAT, -1, 5);
    return graph.toBytes("1");
  }

  private static List<float[]> run(byte[] model, Path optimized) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizedModelFilePath(optimized.toString());
      try (OrtSession session = environment.createSession(model, options);
          OnnxTensor images =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(IMAGES), SHAPE);
          OrtSession.Result result = session.run(Map.of("images", images))) {
        return List.of(
            ((OnnxTensor) result.get("map").orElseThrow()).getFloatBuffer().array(),
            ((OnnxTensor) result.get("logits").orElseThrow()).getFloatBuffer().array());
      }
    }
  }

  private static Map<String, Integer> types(byte[] model) throws IOException {
    Map<String, Integer> types = new TreeMap<>();
    for (NodeProto node : ModelProto.parseFrom(model).getGraph().getNodeList()) {
      types.merge(node.getOpType(), 1, Integer::sum);
    }
    return types;
  }

  @AfterEach
  void closeParameters() {
    parameters.close();
  }

  @Test
  void namesPlacesAfterTheLayersThatFillThem() {
    assertThat(layers)
        .containsExactly("stem", "hidden", "residual", "coarse", "lateral", "map", "fc");
    assertThat(new TreeSet<>(quantization.activations().keySet()))
        .containsExactly(
            "coarse",
            "fc.input",
            "grow.relu",
            "hidden",
            "hidden.relu",
            "lateral",
            "lateral+",
            "map",
            "residual",
            "residual+",
            "residual+.relu",
            "stem",
            "stem.input",
            "stem.relu");
  }

  @Test
  void integersGiveWhatTheFakeQuantizedForwardGives(@TempDir Path folder) throws OrtException {
    List<float[]> fake = run(new FakeQuantOps(parameters, quantization));
    List<float[]> integers = run(graph(quantization), folder.resolve("optimized.onnx"));
    float step = quantization.grid("map").scale();
    int different = 0;
    for (int i = 0; i < fake.get(0).length; i++) {
      assertThat(integers.get(0)[i]).isCloseTo(fake.get(0)[i], within(1.01f * step));
      different += Math.abs(integers.get(0)[i] - fake.get(0)[i]) > 0.5 * step ? 1 : 0;
    }
    assertThat(different).as("of 2048, by a step").isLessThan(20);
    assertThat(integers.get(1)).containsExactly(fake.get(1), within(0.02f));
  }

  @Test
  void theFakeQuantizedForwardIsNearTheFloatOneAndNotTheSame() {
    float[] exact = run(new TorchOps(parameters, false)).get(0);
    float[] fake = run(new FakeQuantOps(parameters, quantization)).get(0);
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < exact.length; i++) {
      errors += Math.pow(fake[i] - exact[i], 2);
      squares += Math.pow(exact[i], 2);
    }
    assertThat(Math.sqrt(errors / squares)).isBetween(0.002, 0.1);
    assertThat(run(new FakeQuantOps(parameters, Quantization.NONE)).get(0))
        .containsExactly(exact, within(1e-5f));
  }

  @Test
  void theEngineRunsEveryQuantizedLayerAsIntegers(@TempDir Path folder) throws Exception {
    Path optimized = folder.resolve("optimized.onnx");
    run(graph(quantization), optimized);
    assertThat(types(Files.readAllBytes(optimized)))
        .containsEntry("QLinearConv", 6)
        .containsEntry("QLinearAdd", 2)
        .containsEntry("QGemm", 1)
        .containsEntry("ConvTranspose", 1)
        .containsEntry("Relu", 1) // behind it
        .doesNotContainKeys("Conv", "FusedConv", "Gemm", "Add");
  }

  /** One whose result is joined, one between a pool and a layer on either side, the last two. */
  @Test
  void layersThatAreLeftOutStayFloat(@TempDir Path folder) throws Exception {
    Set<String> fewer = new LinkedHashSet<>(layers);
    fewer.removeAll(Set.of("residual", "hidden", "map", "fc"));
    Quantization partly = quantization.withLayers(fewer);
    Path optimized = folder.resolve("optimized.onnx");
    List<float[]> integers = run(graph(partly), optimized);
    List<float[]> fake = run(new FakeQuantOps(parameters, partly));
    assertThat(types(Files.readAllBytes(optimized)))
        .containsEntry("QLinearConv", 3)
        .doesNotContainKeys("QGemm");
    assertThat(integers.get(0)).containsExactly(fake.get(0), within(1e-4f));
    assertThat(integers.get(1)).containsExactly(fake.get(1), within(1e-4f));
  }

  /** The engine quantizes weights by itself where it finds a layer between two grids. */
  @Test
  void aFloatLayerBetweenTwoGridsKeepsItsWeights(@TempDir Path folder) throws Exception {
    for (String layer : List.of("stem", "hidden", "coarse", "lateral")) {
      Set<String> others = new LinkedHashSet<>(layers);
      others.remove(layer);
      Quantization partly = quantization.withLayers(others);
      Path optimized = folder.resolve(layer + ".onnx");
      List<float[]> integers = run(graph(partly), optimized);
      List<float[]> fake = run(new FakeQuantOps(parameters, partly));
      assertThat(types(Files.readAllBytes(optimized))).as(layer).containsEntry("QLinearConv", 5);
      assertThat(integers.get(0)).as(layer).containsExactly(fake.get(0), within(1e-4f));
    }
  }

  @Test
  void withoutQuantizationTheGraphIsTheFloatOne() throws IOException {
    byte[] model = graph(quantization.withLayers(Set.of()));
    assertThat(types(model)).doesNotContainKeys("QuantizeLinear", "DequantizeLinear");
    assertThat(model).isEqualTo(graph(Quantization.NONE));
  }

  @Test
  void everyNodeAndConstantIsRead() throws IOException {
    var graph = ModelProto.parseFrom(graph(quantization)).getGraph();
    Set<String> read = new LinkedHashSet<>();
    graph.getNodeList().forEach(node -> read.addAll(node.getInputList()));
    graph.getOutputList().forEach(output -> read.add(output.getName()));
    graph.getInitializerList().forEach(tensor -> assertThat(read).contains(tensor.getName()));
    graph
        .getNodeList()
        .forEach(node -> assertThat(read).containsAnyElementsOf(node.getOutputList()));
  }

  @Test
  void theEngineHasNothingToSay(@TempDir Path folder) throws Exception {
    Path model = Files.write(folder.resolve("model.onnx"), graph(quantization));
    assertThat(OnnxProbe.output(model, 3)).isEmpty();
  }

  @Test
  void refusesALayerThatCalibrationNeverReached() {
    Map<String, UInt8Grid> none = Map.of();
    Quantization unknown = new Quantization(none, Set.of("hidden"), 7);
    assertThatThrownBy(() -> graph(unknown)).hasMessageContaining("no range of 'stem.relu'");
  }
}
