package io.alcedo.app.models;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.image.LetterboxPixels;
import io.alcedo.connectors.simulation.TrainingSamples;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * What a model is tried on: noise, a black picture, and a scene with people, each as RGB bytes of a
 * canvas.
 */
final class TrialPictures {
  private static final int SCENE_WIDTH = 640;
  private static final int SCENE_HEIGHT = 480;

  private TrialPictures() {}

  /** The three, [H, W, 3] each; always the same. */
  static List<byte[]> of(int width, int height) {
    byte[] noise = new byte[3 * width * height];
    new SplittableRandom(1).nextBytes(noise);
    return List.of(noise, new byte[noise.length], scene(width, height));
  }

  private static byte[] scene(int width, int height) {
    byte[] bgr =
        new TrainingSamples(TrainingSamples.Split.HELD_OUT, SCENE_WIDTH, SCENE_HEIGHT)
            .draw(5, 1)
            .bgr();
    byte[] pixels = new byte[3 * width * height];
    try (BytePointer bytes = new BytePointer(bgr);
        Mat picture = new Mat(SCENE_HEIGHT, SCENE_WIDTH, CV_8UC3, bytes);
        Mat rgb = new Mat();
        Mat canvas = new Mat(height, width, CV_8UC3)) {
      cvtColor(picture, rgb, COLOR_BGR2RGB);
      LetterboxPixels.place(rgb, canvas);
      canvas.data().get(pixels);
    }
    return pixels;
  }
}
