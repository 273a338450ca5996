package io.alcedo.app.evaluation;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.pretrained.Digest;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A classifier in ONNX Runtime: pictures uint8 [N, H, W, 3] RGB of its canvas go in, logits [N,
 * classes] come out.
 */
public final class ClassifierModel implements AutoCloseable {
  private final Path graph;
  private final ModelManifest manifest;
  private final OrtSession session;

  private ClassifierModel(Path graph, ModelManifest manifest, OrtSession session) {
    this.graph = graph;
    this.manifest = manifest;
    this.session = session;
  }

  /**
   * Opens a model's folder.
   *
   * @param threads of one inference
   * @throws InvalidInputException if it is no classifier, damaged, or does not match its manifest
   */
  public static ClassifierModel open(Path folder, int threads) {
    Path file = folder.resolve(ModelDirectory.MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "model %s: no %s in it".formatted(folder, ModelDirectory.MANIFEST));
    }
    ModelManifest manifest = YamlReader.read(file, ModelManifest.class);
    boolean fits =
        manifest.task() == Task.CLASSIFICATION
            && manifest.input().layout() == Layout.NHWC
            && manifest.input().type() == NumberType.UINT8
            && manifest.outputs().logits() != null;
    if (!fits) {
      throw new InvalidInputException(
          "%s: task is %s and the input %s %s, expected CLASSIFICATION, UINT8 NHWC and logits"
              .formatted(
                  file, manifest.task(), manifest.input().type(), manifest.input().layout()));
    }
    Path graph = folder.resolve(manifest.file());
    if (!Files.isRegularFile(graph)
        || !Digest.SHA_256.of(graph).equalsIgnoreCase(manifest.sha256())) {
      throw new InvalidInputException(
          "model weights %s: missing, or its SHA-256 is not that of %s; damaged or replaced"
              .formatted(graph, ModelDirectory.MANIFEST));
    }
    ClassifierModel model = new ClassifierModel(graph, manifest, session(graph, threads));
    try {
      model.tryOut();
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static OrtSession session(Path graph, int threads) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      return OrtEnvironment.getEnvironment().createSession(graph.toString(), options);
    } catch (OrtException e) {
      throw new InvalidInputException(
          "model %s: ONNX Runtime cannot open it: %s".formatted(graph, e.getMessage()), e);
    }
  }

  /** One black picture: does the graph speak as the manifest says? */
  private void tryOut() {
    int classes = logits(new byte[pictureBytes()], 1)[0].length;
    if (classes != manifest.labels().size()) {
      throw new InvalidInputException(
          "model %s: gives %d logits, its manifest names %d classes"
              .formatted(graph, classes, manifest.labels().size()));
    }
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** Of one picture on the canvas. */
  public int pictureBytes() {
    return 3 * manifest.input().canvasWidth() * manifest.input().canvasHeight();
  }

  /**
   * Looks at pictures.
   *
   * @param rgb [count, H, W, 3]
   * @return [count, classes]
   * @throws InvalidInputException if the graph wants or gives something else
   */
  public float[][] logits(byte[] rgb, int count) {
    ModelManifest.Input input = manifest.input();
    long[] shape = {count, input.canvasHeight(), input.canvasWidth(), 3};
    String output = manifest.outputs().logits();
    ByteBuffer pixels = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
    try (OnnxTensor pictures =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), pixels, shape, OnnxJavaType.UINT8);
        OrtSession.Result result =
            session.run(Map.of(input.name(), pictures), java.util.Set.of(output))) {
      FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[][] rows = new float[count][values.remaining() / count];
      for (float[] row : rows) {
        values.get(row);
      }
      return rows;
    } catch (OrtException | ClassCastException e) {
      throw new InvalidInputException(
          "model %s: does not match its manifest: %s".formatted(graph, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
