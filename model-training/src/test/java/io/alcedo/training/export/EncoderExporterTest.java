package io.alcedo.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderExporterTest {
  private static final int WIDTH = 16;
  private static final int HEIGHT = 32;
  private static final int PICTURE = WIDTH * HEIGHT * 3;

  private static EncoderConfig config(String network) {
    return YamlReader.parse(
        "{canvasWidth: 16, canvasHeight: 32, " + network + "}", network, EncoderConfig.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "family: imagenet, depth: 10, width: 0.125, norm: group, embedding: head",
        "family: imagenet, depth: 50, width: 0.125, head: {kind: projector, dim: 24, hidden: 32},"
            + " embedding: head",
        "family: imagenet, depth: 18, width: 0.125, head: {kind: none}",
        "family: cifar, depth: 8, width: 1.5, norm: split, splits: 3, head: {kind: mlp, dim: 8},"
            + " embedding: head",
        "family: cifar, depth: 8, head: {kind: linear, dim: 8}, embedding: features"
      })
  void servesUnitVectorsOfWhatWasTrained(String network) throws OrtException {
    EncoderConfig config = config(network);
    SplittableRandom random = new SplittableRandom(5);
    byte[] pixels = new byte[3 * PICTURE];
    random.nextBytes(pixels);
    try (Parameters parameters = new Parameters(random)) {
      // A step in training mode, so that running statistics are not those of the beginning.
      torch(config, parameters, pixels, true);
      float[] expected = torch(config, parameters, pixels, false);
      float[][] actual = onnx(config, parameters, pixels);
      assertThat(actual).hasDimensions(3, config.dim());
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i / config.dim()][i % config.dim()])
            .isCloseTo(expected[i], within(2e-5f));
      }
      assertThat(length(actual[0])).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void evenAPictureOfOneColourHasAVector() throws OrtException {
    EncoderConfig config = config("family: imagenet, depth: 10, width: 0.125, norm: group");
    try (Parameters parameters = new Parameters(new SplittableRandom(5))) {
      byte[] black = new byte[PICTURE];
      torch(config, parameters, black, false);
      assertThat(onnx(config, parameters, black)[0]).doesNotContain(Float.NaN);
      // All that the last norms give is cut off by the rectifier: the trunk's features are 0.
      for (String norm : new String[] {"layer4.0.bn2", "layer4.0.downsample.1"}) {
        parameters.putTrainable(norm + ".weight", new float[64], 64);
        parameters.putTrainable(norm + ".bias", new float[64], 64);
      }
      assertThat(onnx(config, parameters, black)[0]).containsOnly(0);
    }
  }

  @Test
  void manifestSaysWhatTheVectorsAre(@TempDir Path folder) throws IOException {
    EncoderConfig config = config("family: cifar, depth: 8, head: {dim: 12}, embedding: head");
    try (Parameters parameters = new Parameters(new SplittableRandom(5))) {
      torch(config, parameters, new byte[PICTURE], false);
      new EncoderExporter(config, true)
          .write(folder, "appearance", "Apache-2.0", parameters, Map.of());
    }
    ModelManifest manifest = YamlReader.read(folder.resolve("manifest.json"), ModelManifest.class);
    assertThat(manifest.task()).isEqualTo(ModelManifest.Task.EMBEDDING);
    assertThat(manifest.outputs().embedding())
        .isEqualTo(new ModelManifest.Vector("embedding", 12, "head"));
    assertThat(manifest.input().canvasHeight()).isEqualTo(HEIGHT);
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return Math.sqrt(square);
  }

  private static float[] torch(
      EncoderConfig config, Parameters parameters, byte[] pixels, boolean training) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      TorchOps ops = new TorchOps(parameters, training);
      Tensor pictures =
          Tensors.ofUnsigned(pixels, pixels.length / PICTURE, HEIGHT, WIDTH, 3)
              .to(torch.ScalarType.Float);
      return Tensors.floats(
          Encoder.unitLength(
              ops, config.network().lookAtPictures(ops, pictures).of(config.embedding())));
    }
  }

  private static float[][] onnx(EncoderConfig config, Parameters parameters, byte[] pixels)
      throws OrtException {
    byte[] model = new EncoderExporter(config, false).model(parameters);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {pixels.length / PICTURE, HEIGHT, WIDTH, 3};
    try (OrtSession session = environment.createSession(model);
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment, ByteBuffer.wrap(pixels), shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      float[][] vectors = (float[][]) result.get("embedding").orElseThrow().getValue();
      return Arrays.copyOf(vectors, vectors.length);
    }
  }
}
