package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.meanStdDev;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.event.PictureFacts;
import java.util.zip.CRC32;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** What a picture is like, from every so-manieth pixel: some 0.03 ms. */
final class PictureLook {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 48;

  private PictureLook() {}

  /**
   * Looks at a picture.
   *
   * @param rgb its pixels [h, w] of three channels, uint8
   */
  static PictureFacts at(byte[] encoded, Mat rgb) {
    CRC32 checksum = new CRC32();
    checksum.update(encoded);
    try (Size size = new Size(WIDTH, HEIGHT);
        Mat small = new Mat();
        Mat luma = new Mat();
        Mat mean = new Mat();
        Mat deviation = new Mat()) {
      resize(rgb, small, size, 0, 0, INTER_NEAREST);
      cvtColor(small, luma, COLOR_RGB2GRAY);
      meanStdDev(luma, mean, deviation);
      return new PictureFacts(
          checksum.getValue(),
          rounded(mean.ptr().getDouble()),
          rounded(deviation.ptr().getDouble()));
    }
  }

  /** As it is on the wire. */
  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
