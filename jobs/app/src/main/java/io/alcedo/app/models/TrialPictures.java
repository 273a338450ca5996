package io.alcedo.app.models;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.simulation.TrainingSamples;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** What a model is tried on: noise, a black picture, and a scene with people, RGB. */
final class TrialPictures implements AutoCloseable {
  static final int WIDTH = 640;
  static final int HEIGHT = 480;

  private final List<Mat> pictures;

  /** Makes the three; always the same. */
  TrialPictures() {
    byte[] noise = new byte[3 * WIDTH * HEIGHT];
    new SplittableRandom(1).nextBytes(noise);
    byte[] scene =
        new TrainingSamples(TrainingSamples.Split.HELD_OUT, WIDTH, HEIGHT).draw(5, 1).bgr();
    pictures = List.of(picture(noise), picture(new byte[noise.length]), picture(scene));
  }

  private static Mat picture(byte[] bgr) {
    try (BytePointer bytes = new BytePointer(bgr);
        Mat picture = new Mat(HEIGHT, WIDTH, CV_8UC3, bytes)) {
      Mat rgb = new Mat();
      cvtColor(picture, rgb, COLOR_BGR2RGB);
      return rgb;
    }
  }

  List<Mat> all() {
    return pictures;
  }

  @Override
  public void close() {
    pictures.forEach(Mat::close);
  }
}
