package io.alcedo.app.bench;

import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.inference.BatchEngine;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.operators.stream.inference.OnnxDetector;

/**
 * A model with a manifest in its serving engine, on pictures that lie on its canvas already. Masks
 * are not pasted.
 */
public record ModelContender(
    ModelDirectory model, BenchPictures pictures, int batch, EngineOptions options)
    implements Contender {

  @Override
  public String name() {
    return model.manifest().version();
  }

  @Override
  public Runner open() {
    return new Session();
  }

  private final class Session implements Runner {
    private final BatchEngine<?> engine =
        model.manifest().task() == Task.CLASSIFICATION
            ? OnnxClassifier.open(model, options, options.threads(), batch)
            : OnnxDetector.open(model, options, options.threads(), batch);
    private final FrameBatch frames = engine.newBatch(batch);

    @Override
    public void prepare(int number) {
      for (int slot = 0; slot < batch; slot++) {
        frames.place(slot, pictures.rgb(number * batch + slot));
      }
    }

    @Override
    public void run() {
      engine.run(frames, 0, batch);
    }

    @Override
    public void close() {
      frames.close();
      engine.close();
    }
  }
}
