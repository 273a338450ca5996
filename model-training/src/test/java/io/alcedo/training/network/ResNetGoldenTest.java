package io.alcedo.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.CostOps;
import io.alcedo.training.ops.CostOps.Shape;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Residual networks against torchvision's, in libtorch and as ONNX graphs. */
class ResNetGoldenTest {
  private static final Norm NORM = Norm.batch("");
  private static final Map<String, ResNetClassifier> NETWORKS =
      Map.of(
          "resnet18", new ResNetClassifier(ResNet.ofDepth(18, 1, NORM), 1000),
          "resnet50_tiny",
              new ResNetClassifier(new ResNet(List.of(1, 1, 1, 1), true, 1, NORM), 10));

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50_tiny"})
  void computesInLibtorchWhatTorchvisionComputes(String name) {
    Golden golden = Golden.shared(name);
    List<String> compared = new ArrayList<>();
    try (Parameters parameters = parameters(golden);
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops =
          new TorchOps(
              parameters,
              false,
              (tapped, value) -> {
                golden.assertMatches("out/" + tapped, Tensors.floats(value), 1);
                compared.add(tapped);
              });
      Safetensors.Entry x = golden.tensor("in/x");
      var logits = NETWORKS.get(name).logits(ops, Tensors.of(x.floats(), x.shape()));
      golden.assertMatches("out/logits", Tensors.floats(logits), 1);
    }
    assertThat(compared).containsExactly("stem", "layer1", "layer2", "layer3", "layer4", "pooled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18", "resnet50_tiny"})
  void computesInOnnxRuntimeWhatTorchvisionComputes(String name) throws OrtException {
    Golden golden = Golden.shared(name);
    Safetensors.Entry x = golden.tensor("in/x");
    byte[] model;
    try (Parameters parameters = parameters(golden)) {
      OnnxGraph graph = new OnnxGraph(name, false);
      String image = graph.input("x", DataType.FLOAT, -1, 3, x.shape()[2], x.shape()[3]);
      String logits = NETWORKS.get(name).logits(new OnnxOps(graph, parameters), image);
      graph.output("logits", logits, DataType.FLOAT, -1, NETWORKS.get(name).classes());
      model = graph.toBytes("test");
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x.floats()), x.shape());
        OrtSession.Result result = session.run(Map.of("x", input))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[logits.remaining()];
      logits.get(values);
      golden.assertMatches("out/logits", values, 1);
    }
  }

  /** torchvision's counts. */
  @ParameterizedTest
  @CsvSource({
    "18, 11689512",
    "34, 21797672",
    "50, 25557032",
    "101, 44549160",
    "152, 60192808",
  })
  void hasThePublishedNumberOfParameters(int depth, long parameters) {
    CostOps ops = new CostOps();
    ResNetClassifier network = new ResNetClassifier(ResNet.ofDepth(depth, 1, NORM), 1000);
    Shape logits = network.logits(ops, Shape.of(2, 3, 224, 224));
    assertThat(ops.parameters()).isEqualTo(parameters);
    assertThat(logits.sizes()).containsExactly(2L, 1000L);
  }

  @Test
  void refusesADepthThatWasNeverPublished() {
    assertThatThrownBy(() -> ResNet.ofDepth(20, 1, NORM))
        .hasMessage("depth is 20, expected one of [18, 34, 50, 101, 152]");
  }

  private static Parameters parameters(Golden golden) {
    Parameters parameters = new Parameters();
    golden.load(parameters, "", false);
    return parameters;
  }
}
