package io.alcedo.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Resize;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierExporterTest {
  private static final int SIDE = 32;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "family: imagenet, depth: 18, width: 0.25",
        "family: imagenet, depth: 50, width: 0.125",
        "family: cifar, depth: 20",
        "family: cifar, depth: 20, residual: false",
        "family: cifar, depth: 8, norm: group",
        "family: rectifier, depth: 9"
      })
  void servesWhatWasTrained(String network) throws OrtException {
    ClassifierConfig config =
        YamlReader.parse(
            "{labels: [a, b, c], side: 32, " + network + "}", network, ClassifierConfig.class);
    byte[] pixels = new byte[3 * SIDE * SIDE * 3];
    SplittableRandom random = new SplittableRandom(5);
    random.nextBytes(pixels);
    try (Parameters parameters = new Parameters(random)) {
      float[] expected = torch(config, parameters, pixels);
      float[][] actual = onnx(config, parameters, pixels);
      assertThat(actual).hasDimensions(3, 3);
      for (int i = 0; i < 9; i++) {
        assertThat(actual[i / 3][i % 3])
            .isCloseTo(expected[i], within(1e-4f * (1 + Math.abs(expected[i]))));
      }
    }
  }

  @Test
  void cutsThePictureForImageNetAsPublishedFiguresAreMeasured() throws IOException {
    Input input = input("family: imagenet, depth: 18, width: 0.125, side: 224");
    assertThat(input.resize()).isEqualTo(Resize.CENTER_CROP);
    assertThat(input.shortSide()).isEqualTo(256);
    assertThat(input.canvasWidth()).isEqualTo(224);
    assertThat(input("family: imagenet, depth: 18, width: 0.125, side: 64").shortSide())
        .isEqualTo(73); // of 73.1
  }

  @Test
  void stretchesThePictureForCifar() throws IOException {
    for (String network : List.of("family: cifar, depth: 8", "family: rectifier, depth: 6")) {
      assertThat(input(network).resize()).isEqualTo(Resize.STRETCH);
      assertThat(input(network).shortSide()).isNull();
    }
  }

  private Input input(String network) throws IOException {
    ClassifierConfig config =
        YamlReader.parse("{labels: [a, b], " + network + "}", network, ClassifierConfig.class);
    try (Parameters parameters = new Parameters(new SplittableRandom(5))) {
      torch(config, parameters, new byte[3 * SIDE * SIDE * 3]); // makes them
      return new ClassifierExporter(config, false)
          .write(folder, "tiny", "Apache-2.0", parameters, Map.of())
          .input();
    }
  }

  private static float[] torch(ClassifierConfig config, Parameters parameters, byte[] pixels) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops = new TorchOps(parameters, false);
      return Tensors.floats(
          config
              .network()
              .pictureLogits(
                  ops, Tensors.ofUnsigned(pixels, 3, SIDE, SIDE, 3).to(torch.ScalarType.Float)));
    }
  }

  private static float[][] onnx(ClassifierConfig config, Parameters parameters, byte[] pixels)
      throws OrtException {
    byte[] model = new ClassifierExporter(config, false).model(parameters);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment,
                ByteBuffer.wrap(pixels),
                new long[] {3, SIDE, SIDE, 3},
                OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      return (float[][]) result.get("logits").orElseThrow().getValue();
    }
  }
}
