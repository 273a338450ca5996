package io.alcedo.connectors.camera;

import static org.bytedeco.opencv.global.opencv_videoio.CAP_ANY;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FPS;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_V4L2;

import io.alcedo.connectors.InvalidInputException;
import java.util.Locale;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;

/**
 * A camera of this computer, through OpenCV (Video4Linux on Linux). FFmpeg's devices would need the
 * PulseAudio library, which servers lack.
 *
 * @param number of the device, from 0
 */
record WebcamOrigin(int number) implements VideoOrigin {
  @Override
  public String name() {
    return "device:" + number;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public VideoSource open() {
    VideoCapture capture = new VideoCapture();
    if (!capture.open(number, isLinux() ? CAP_V4L2 : CAP_ANY)) {
      capture.close();
      throw new InvalidInputException(
          "%s: there is no such camera here, or it is in use, or this user may not open it%s."
              .formatted(
                  name(),
                  isLinux()
                      ? ". Look at ls -l /dev/video*; the user must be in the group 'video'"
                      : ". Close other programs that use it and allow access to the camera"));
    }
    return new Webcam(capture);
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }

  /** OpenCV waits at most ten seconds for a picture. */
  private static final class Webcam implements VideoSource {
    private final VideoCapture capture;
    private final Mat pixels = new Mat(); // [h, w, 3] BGR
    private final long openedNanos = System.nanoTime();

    Webcam(VideoCapture capture) {
      this.capture = capture;
    }

    @Override
    public Picture next() {
      boolean taken = capture.read(pixels) && !pixels.empty();
      return taken ? new Picture(pixels, (System.nanoTime() - openedNanos) / 1_000) : null;
    }

    @Override
    public double framesPerSecond() {
      double rate = capture.get(CAP_PROP_FPS);
      return rate > 0 && rate < 1000 ? rate : 25;
    }

    @Override
    public void close() {
      capture.release();
      capture.close();
      pixels.close();
    }
  }
}
