package io.alcedo.app.bench;

import io.alcedo.app.evaluation.ClassifierModel;
import io.alcedo.connectors.model.ModelManifest;
import java.nio.file.Path;

/** A classifier of this project's convention. */
public record ClassifierContender(
    Path folder, ModelManifest manifest, BenchPictures pictures, int batch, int threads)
    implements Contender {

  @Override
  public String name() {
    return manifest.version();
  }

  @Override
  public Runner open() {
    return new Session();
  }

  private final class Session implements Runner {
    private final ClassifierModel model = ClassifierModel.open(folder, threads);
    private final byte[] pixels = new byte[batch * model.pictureBytes()];

    @Override
    public void prepare(int number) {
      int width = manifest.input().canvasWidth();
      int height = manifest.input().canvasHeight();
      for (int slot = 0; slot < batch; slot++) {
        byte[] picture = pictures.canvas(number * batch + slot, width, height);
        System.arraycopy(picture, 0, pixels, slot * picture.length, picture.length);
      }
    }

    @Override
    public void run() {
      model.logits(pixels, batch);
    }

    @Override
    public void close() {
      model.close();
    }
  }
}
