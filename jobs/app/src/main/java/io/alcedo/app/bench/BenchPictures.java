package io.alcedo.app.bench;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.VideoSource;
import io.alcedo.connectors.camera.VideoSource.Picture;
import io.alcedo.connectors.camera.VideoSources;
import io.alcedo.connectors.image.LetterboxPixels;
import io.alcedo.connectors.simulation.TrainingSamples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Some decoded pictures, RGB, that all contenders look at in turn. */
public final class BenchPictures implements AutoCloseable {
  private static final int WIDTH = 768;
  private static final int HEIGHT = 576;

  private final List<Mat> pictures;

  private BenchPictures(List<Mat> pictures) {
    this.pictures = pictures;
  }

  /**
   * The first frames of a video.
   *
   * @throws InvalidInputException if it is no video, or has no frame
   */
  public static BenchPictures ofVideo(Path video, int count) {
    List<Mat> pictures = new ArrayList<>();
    try (VideoSource source = VideoSources.file(video).open()) {
      for (Picture next = source.next();
          next != null && pictures.size() < count;
          next = source.next()) {
        pictures.add(next.pixels().clone());
      }
    }
    if (pictures.isEmpty()) {
      throw new InvalidInputException(video + ": has no frame");
    }
    return new BenchPictures(pictures);
  }

  /** Simulated scenes with people; always the same. */
  public static BenchPictures simulated(int count) {
    TrainingSamples samples = new TrainingSamples(TrainingSamples.Split.HELD_OUT, WIDTH, HEIGHT);
    List<Mat> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (BytePointer bytes = new BytePointer(samples.draw(5, i).bgr());
          Mat bgr = new Mat(HEIGHT, WIDTH, CV_8UC3, bytes)) {
        Mat rgb = new Mat();
        cvtColor(bgr, rgb, COLOR_BGR2RGB);
        pictures.add(rgb);
      }
    }
    return new BenchPictures(pictures);
  }

  /** A picture, RGB; the next begin again after the last. */
  Mat rgb(int index) {
    return pictures.get(index % pictures.size());
  }

  /** A picture on a canvas of that size, [height, width, 3]. */
  byte[] canvas(int index, int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    try (Mat canvas = new Mat(height, width, CV_8UC3)) {
      LetterboxPixels.place(rgb(index), canvas);
      canvas.data().get(pixels);
    }
    return pixels;
  }

  @Override
  public void close() {
    pictures.forEach(Mat::close);
  }
}
