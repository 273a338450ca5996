package io.alcedo.app.evaluation;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.operators.stream.inference.ClassScores;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.OnnxClassifier;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.Picture;
import io.alcedo.training.evaluation.ConfusionMatrix;
import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Looks at all pictures of a folder with a classifier, in the engine that serves it.
 *
 * @param labels of the classifier
 * @param batch pictures at once
 */
public record ClassifierEvaluation(OnnxClassifier classifier, List<String> labels, int batch) {

  /**
   * Counts right and wrong answers.
   *
   * @param pictures whose classes are the labels
   * @param progress is told how many pictures are done
   */
  public ConfusionMatrix run(ImageFolder pictures, IntConsumer progress) {
    ConfusionMatrix matrix = new ConfusionMatrix(labels);
    try (FrameBatch frames = classifier.newBatch(batch)) {
      for (int first = 0; first < pictures.size(); first += batch) {
        int count = Math.min(batch, pictures.size() - first);
        for (int slot = 0; slot < count; slot++) {
          place(frames, slot, pictures.picture(first + slot));
        }
        List<ClassScores> scores = classifier.run(frames, 0, count);
        for (int slot = 0; slot < count; slot++) {
          matrix.add(pictures.label(first + slot), scores.get(slot).probabilities());
        }
        progress.accept(first + count);
      }
    }
    return matrix;
  }

  private static void place(FrameBatch frames, int slot, Picture picture) {
    try (BytePointer bytes = new BytePointer(picture.rgb());
        Mat rgb = new Mat(picture.height(), picture.width(), CV_8UC3, bytes)) {
      frames.place(slot, rgb);
    }
  }
}
