package io.alcedo.app.bench;

import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;

/** A detector in its serving engine, on pictures that lie as it wants them already. */
public record DetectorContender(
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
    private final OnnxDetector detector =
        OnnxDetector.open(model, options, options.threads(), batch);
    private final FrameBatch frames = detector.newBatch(batch);

    @Override
    public void prepare(int number) {
      for (int slot = 0; slot < batch; slot++) {
        frames.place(slot, pictures.get(number * batch + slot));
      }
    }

    @Override
    public void run() {
      detector.run(frames, 0, batch);
    }

    @Override
    public void close() {
      frames.close();
      detector.close();
    }
  }
}
