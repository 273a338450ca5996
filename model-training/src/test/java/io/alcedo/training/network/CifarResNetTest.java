package io.alcedo.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.TensorFile;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.OnnxGraph;
import io.alcedo.training.ops.OnnxOps;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published CIFAR-10 networks and a generated one, in libtorch and as ONNX graphs. */
class CifarResNetTest {
  /** The reference's values have six digits. */
  private static final float ROUNDING = 2e-5f;

  @ParameterizedTest
  @CsvSource({
    "20, resnet20-12fca82f.th, zeros, 3.27605 -2.31893 .419074 4.520218 -1.338565 .644850 .334889 -1.728835 .166676 -4.005504",
    "20, resnet20-12fca82f.th, ramp, 1.990014 -1.262613 4.689888 .0868488 .422784 -1.714032 -3.065311 1.216197 .420110 -2.842040",
    "56, resnet56-4bfd9763.th, zeros, -1.128010 -2.647465 -1.287038 10.338897 -3.926323 1.828122 .0394239 -.395510 -.337016 -2.549356",
    "56, resnet56-4bfd9763.th, ramp, 3.950124 -3.062944 6.551710 .287188 .181701 -.852232 .165686 -1.678973 -1.041004 -4.528029"
  })
  void publishedWeightsGiveTheReferencesLogits(
      int depth, String name, String input, String expected) throws OrtException {
    CifarResNet network = CifarResNet.ofDepth(depth, 10);
    float[] image = new float[3072];
    for (int i = 0; i < image.length && input.equals("ramp"); i++) {
      image[i] = (float) i / 3072 * 4 - 2;
    }
    try (Parameters parameters = published(name)) {
      assertClose(torch(network, parameters, image), expected);
      assertClose(onnx(network, parameters, image), expected);
    }
  }

  private static Parameters published(String name) {
    Path path = Golden.folder().resolve("data").resolve("cifar-resnets").resolve(name);
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: no " + name + " (-Dalcedo.shared=FOLDER)");
    Parameters parameters = new Parameters();
    try (TensorFile file = TensorFile.open(path)) {
      assertThat(file.format()).isEqualTo(TensorFile.Format.TORCH_LEGACY);
      assertThat(file.metadata()).containsKey("best_prec1");
      StateDict state = StateDict.clean(file.tensors());
      assertThat(state.prefix()).isEqualTo("module.");
      state.copyInto(parameters);
    }
    return parameters;
  }

  @Test
  void matchesTheGoldenNetwork() {
    Golden golden = Golden.shared("cifar_resnet20");
    try (Parameters parameters = new Parameters()) {
      golden.load(parameters, "", false);
      for (String name : new String[] {"weight", "bias"}) {
        Safetensors.Entry entry = golden.tensor("weights/fc." + name);
        parameters.putTrainable("linear." + name, entry.floats(), entry.shape());
      }
      float[] image = golden.tensor("in/x").floats();
      golden.assertMatches(
          "out/logits_pad_both", torch(CifarResNet.ofDepth(20, 10), parameters, image), 1);
    }
  }

  @Test
  void refusesDepthsThatDoNotExist() {
    assertThatThrownBy(() -> CifarResNet.ofDepth(21, 10)).hasMessageContaining("6n + 2");
    assertThatThrownBy(() -> CifarResNet.ofDepth(2, 10)).hasMessageContaining("0 blocks");
  }

  private static void assertClose(float[] actual, String expected) {
    String[] values = expected.split(" ", -1);
    assertThat(actual).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(actual[i]).isCloseTo(Float.parseFloat(values[i]), within(ROUNDING));
    }
  }

  private static float[] torch(CifarResNet network, Parameters parameters, float[] image) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops = new TorchOps(parameters, false);
      return Tensors.floats(network.logits(ops, Tensors.of(image, image.length / 3072, 3, 32, 32)));
    }
  }

  private static float[] onnx(CifarResNet network, Parameters parameters, float[] image)
      throws OrtException {
    OnnxGraph graph = new OnnxGraph("cifar-resnet", false);
    OnnxOps ops = new OnnxOps(graph, parameters);
    String logits = network.logits(ops, graph.input("image", DataType.FLOAT, -1, 3, 32, 32));
    graph.output("logits", logits, DataType.FLOAT, -1, 10);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(graph.toBytes("1"));
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(image), new long[] {1, 3, 32, 32});
        OrtSession.Result result = session.run(Map.of("image", input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }
}
