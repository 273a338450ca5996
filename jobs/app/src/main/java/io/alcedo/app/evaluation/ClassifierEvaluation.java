package io.alcedo.app.evaluation;

import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.PictureView;
import io.alcedo.training.evaluation.ConfusionMatrix;
import java.util.function.IntConsumer;

/**
 * Looks at all pictures of a folder with a classifier.
 *
 * @param view how a picture comes onto the canvas
 * @param batch pictures at once
 */
public record ClassifierEvaluation(ClassifierModel model, PictureView view, int batch) {

  /**
   * Counts right and wrong answers.
   *
   * @param progress is told how many pictures are done
   */
  public ConfusionMatrix run(ImageFolder pictures, IntConsumer progress) {
    ConfusionMatrix matrix = new ConfusionMatrix(model.manifest().labels());
    int bytes = model.pictureBytes();
    for (int first = 0; first < pictures.size(); first += batch) {
      int count = Math.min(batch, pictures.size() - first);
      byte[] pixels = new byte[count * bytes];
      for (int i = 0; i < count; i++) {
        byte[] rgb = view.plain(pictures.picture(first + i)).rgb();
        System.arraycopy(rgb, 0, pixels, i * bytes, bytes);
      }
      float[][] logits = model.logits(pixels, count);
      for (int i = 0; i < count; i++) {
        matrix.add(pictures.label(first + i), logits[i]);
      }
      progress.accept(first + count);
    }
    return matrix;
  }
}
