package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.ALGO_HINT_DEFAULT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Blur of a random strength (Chen et al. 2020, SimCLR, appendix A): σ from 0.1 to 2 px. */
final class GaussianBlur {
  private static final double LEAST = 0.1;
  private static final double MOST = 2;

  private GaussianBlur() {}

  static Picture random(Picture picture, RandomGenerator random) {
    return blurred(picture, random.nextDouble(LEAST, MOST));
  }

  /**
   * A blurred copy; beyond its rim a picture goes on as at the rim.
   *
   * @param sigma px
   */
  static Picture blurred(Picture picture, double sigma) {
    byte[] pixels = new byte[picture.rgb().length];
    try (BytePointer bytes = new BytePointer(picture.rgb());
        Mat sharp = new Mat(picture.height(), picture.width(), CV_8UC3, bytes);
        Mat soft = new Mat();
        Size byStrength = new Size(0, 0)) {
      opencv_imgproc.GaussianBlur(
          sharp, soft, byStrength, sigma, sigma, BORDER_REPLICATE, ALGO_HINT_DEFAULT);
      soft.data().get(pixels);
    }
    return new Picture(pixels, picture.width(), picture.height());
  }
}
