package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.model.CocoLabels;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From somebody else's checkpoint to a model that answers. */
class ServedImportTest {
  private static final int PIXELS = 32 * 32 * 3;

  @TempDir private Path folder;

  /** A checkpoint as a parallel training leaves it. */
  private Path checkpoint() throws IOException {
    Golden golden = Golden.shared("cifar_resnet20");
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    try (Parameters parameters = new Parameters()) {
      golden.load(parameters, "", false);
      for (var group : List.of(parameters.trainable(), parameters.buffers())) {
        group.forEach(
            (name, tensor) -> {
              String published = "module." + name.replace("fc.", "linear.");
              values.put(published, Tensors.floats(tensor));
              shapes.put(published, tensor.shape());
            });
      }
    }
    Path file = folder.resolve("model.safetensors");
    Safetensors.write(file, Map.of(), values, shapes);
    return file;
  }

  @Test
  void servesWhatTheCheckpointComputes() throws IOException, OrtException {
    List<String> labels = CocoLabels.numbered(10, 7);
    ImportFacts facts = new ModelImport(folder).run(checkpoint(), "twenty", null, null, labels);
    assertThat(facts.architecture()).isEqualTo("cifar_resnet20");
    Path model = folder.resolve("twenty");
    assertThat(Files.readString(model.resolve("manifest.json"))).contains("class-16");
    byte[] picture = new byte[PIXELS];
    new SplittableRandom(1).nextBytes(picture);
    assertThat(served(model, picture)).containsExactly(eager(model, picture), within(1e-3f));
  }

  private static float[] eager(Path model, byte[] picture) {
    float[] values = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      values[i] = picture[i] & 0xff;
    }
    NetworkSpec spec = NetworkSpec.read(model);
    try (Parameters parameters = spec.load(model.resolve(ModelImport.WEIGHTS));
        PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      return Tensors.floats(
          spec.classifier()
              .network()
              .pictureLogits(new TorchOps(parameters, false), Tensors.of(values, 1, 32, 32, 3)));
    }
  }

  private static float[] served(Path model, byte[] picture) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer bytes = ByteBuffer.allocateDirect(PIXELS).put(picture).flip();
    try (OrtSession session = environment.createSession(model.resolve("model.onnx").toString());
        OnnxTensor images =
            OnnxTensor.createTensor(
                environment, bytes, new long[] {1, 32, 32, 3}, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", images))) {
      return ((float[][]) result.get("logits").orElseThrow().getValue())[0];
    }
  }

  @Test
  void wantsAsManyNamesAsThereAreClasses() throws IOException {
    Path file = checkpoint();
    List<String> two = Collections.nCopies(2, "bird");
    assertThatThrownBy(() -> new ModelImport(folder).run(file, "twenty", null, null, two))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2 class names, and the network has 10");
    assertThat(folder.resolve("twenty")).doesNotExist();
  }

  @Test
  void refusesWeightsOfAnotherNetwork() throws IOException {
    new ModelImport(folder).run(checkpoint(), "twenty", null, null, null);
    Path model = folder.resolve("twenty");
    NetworkSpec other = Architectures.named("cifar_resnet32").network().apply(10);
    assertThatThrownBy(() -> other.load(model.resolve(ModelImport.WEIGHTS)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("layer1.3.bn1.weight is missing");
  }
}
