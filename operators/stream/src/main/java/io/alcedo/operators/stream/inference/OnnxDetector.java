package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.model.ModelManifest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A detector in ONNX Runtime. Owns its session. */
public final class OnnxDetector implements BatchEngine {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxDetector.class);

  private final ModelManifest manifest;
  private final OrtSession session;
  private final Set<String> wanted;

  private OnnxDetector(ModelManifest manifest, OrtSession session) {
    this.manifest = manifest;
    this.session = session;
    ModelManifest.Outputs outputs = manifest.outputs();
    this.wanted =
        new TreeSet<>(
            List.of(outputs.boxes(), outputs.labels(), outputs.scores(), outputs.batchIndex()));
    if (outputs.masks() != null) {
      wanted.add(outputs.masks());
    }
  }

  /**
   * Opens, checks and warms up a detector.
   *
   * @param threads of one inference on a CPU
   * @param batchSize largest batch, for the warm-up
   * @throws InvalidInputException if it cannot be opened or its graph does not match its manifest
   */
  public static OnnxDetector open(
      ModelDirectory model, EngineOptions options, int threads, int batchSize) {
    OrtSession session = OnnxSession.open(model.weights(), options, threads);
    OnnxDetector detector = new OnnxDetector(model.manifest(), session);
    try {
      GraphSignature.check(model.manifest(), session, model.weights());
      detector.warmUp(batchSize);
      return detector;
    } catch (OrtException | RuntimeException e) {
      detector.close();
      throw e instanceof InvalidInputException refused
          ? refused
          : new InvalidInputException(
              "model %s: a trial run failed: %s".formatted(model.weights(), e.getMessage()), e);
    }
  }

  /** Black pictures, one and a full batch: memory is planned and kernels are chosen by shape. */
  private void warmUp(int batchSize) {
    try (FrameBatch black = new FrameBatch(batchSize, canvasWidth(), canvasHeight())) {
      run(black, 0, 1);
      long start = System.nanoTime();
      run(black, 0, batchSize);
      LOG.info(
          "{} ready: canvas {}x{}, a batch of {} takes {} ms",
          manifest.version(),
          canvasWidth(),
          canvasHeight(),
          batchSize,
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  @Override
  public int canvasWidth() {
    return manifest.input().canvasWidth();
  }

  @Override
  public int canvasHeight() {
    return manifest.input().canvasHeight();
  }

  @Override
  public List<Detections> run(FrameBatch batch, int from, int count) {
    long[] shape = {count, canvasHeight(), canvasWidth(), 3};
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor images =
            OnnxTensor.createTensor(
                environment, batch.images(from, count), shape, OnnxJavaType.UINT8);
        OnnxTensor sizes =
            OnnxTensor.createTensor(environment, batch.sizes(from, count), new long[] {count, 4});
        OrtSession.Result result =
            session.run(
                Map.of(manifest.input().name(), images, manifest.input().sizesName(), sizes),
                wanted)) {
      return RaggedOutput.read(result, manifest.outputs()).split(count);
    } catch (OrtException e) {
      throw new InferenceException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      LOG.warn("closing the session of {} failed", manifest.name(), e);
    }
  }
}
