package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.connectors.model.ModelManifest.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in ONNX Runtime. Owns its session. Graphs that take one picture are run once for each.
 *
 * @param <R> what it says of one picture
 */
abstract class OnnxEngine<R> implements BatchEngine<R> {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxEngine.class);

  /** A picture for the warm-up of models that have no canvas. */
  private static final Size USUAL = new Size(640, 480);

  private final ModelManifest manifest;
  private final OrtSession session;
  private final OutputReader<R> reader;
  private final boolean batched;

  OnnxEngine(ModelManifest manifest, OrtSession session, OutputReader<R> reader, boolean batched) {
    this.manifest = manifest;
    this.session = session;
    this.reader = reader;
    this.batched = batched;
  }

  /** What makes an engine of an open session. */
  interface Maker<E> {
    E make(ModelManifest manifest, OrtSession session, boolean batched);
  }

  /**
   * Opens, checks and warms up a model.
   *
   * @param threads of one inference on a CPU
   * @param batchSize largest batch, for the warm-up
   * @throws InvalidInputException if it cannot be opened or its graph does not match its manifest
   */
  static <E extends OnnxEngine<?>> E open(
      ModelDirectory model, EngineOptions options, int threads, int batchSize, Maker<E> maker) {
    OrtSession session = OnnxSession.open(model.weights(), options, threads);
    try {
      GraphCheck graph = GraphCheck.of(model.manifest(), session, model.weights());
      E engine = maker.make(model.manifest(), session, graph.isBatched());
      engine.warmUp(batchSize);
      return engine;
    } catch (OrtException | RuntimeException e) {
      OnnxSession.close(session);
      throw e instanceof InvalidInputException refused
          ? refused
          : new InvalidInputException(
              "model %s: a trial run failed: %s".formatted(model.weights(), e.getMessage()), e);
    }
  }

  /** Black pictures, one and a full batch: memory is planned and kernels are chosen by shape. */
  final void warmUp(int batchSize) {
    Input input = manifest.input();
    InputWriter writer = new InputWriter(input);
    Size size = writer.isFixed() ? writer.canvas() : USUAL;
    int together = batched ? batchSize : 1;
    try (FrameBatch batch = newBatch(together);
        Scalar zero = new Scalar(0);
        Mat black = new Mat(size.height(), size.width(), opencv_core.CV_8UC3, zero)) {
      for (int slot = 0; slot < together; slot++) {
        batch.place(slot, black);
      }
      run(batch, 0, 1);
      long start = System.nanoTime();
      run(batch, 0, together);
      LOG.info(
          "{} ready: pictures {} ({}), a batch of {} takes {} ms",
          manifest.version(),
          size,
          input.resize(),
          together,
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  @Override
  public final FrameBatch newBatch(int capacity) {
    return new FrameBatch(capacity, manifest.input());
  }

  @Override
  public final boolean isBatched() {
    return batched;
  }

  @Override
  public final List<R> run(FrameBatch batch, int from, int count) {
    if (batched) {
      return runTogether(batch, from, count);
    }
    List<R> results = new ArrayList<>(count);
    for (int slot = from; slot < from + count; slot++) {
      results.addAll(runTogether(batch, slot, 1));
    }
    return results;
  }

  private List<R> runTogether(FrameBatch batch, int from, int count) {
    List<Placement> fits = IntStream.range(from, from + count).mapToObj(batch::fit).toList();
    String sizesName = manifest.input().sizesName();
    try (OnnxTensor images = batch.imagesTensor(from, count);
        OnnxTensor sizes = sizesName == null ? null : batch.sizesTensor(from, count)) {
      Map<String, OnnxTensor> inputs = new HashMap<>(Map.of(manifest.input().name(), images));
      if (sizes != null) {
        inputs.put(sizesName, sizes);
      }
      try (OrtSession.Result result = session.run(inputs, reader.names())) {
        return reader.read(new OutputValues(result), fits);
      }
    } catch (OrtException e) {
      throw new InferenceException(e.getMessage(), e);
    }
  }

  @Override
  public final void close() {
    OnnxSession.close(session);
  }
}
