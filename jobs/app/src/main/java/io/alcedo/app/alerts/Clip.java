package io.alcedo.app.alerts;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.app.output.VideoFile;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes frames as a video that plays at the speed at which they were taken, on average. */
public final class Clip {
  private static final double USUAL_RATE = 10;
  private static final double MOST = 120;

  private Clip() {}

  /**
   * Writes an MP4 file.
   *
   * @param frames of one camera, in their order
   * @return how many could be shown
   * @throws InvalidInputException if none can, or the file cannot be written
   */
  public static int write(List<CameraRecord> frames, Path file) {
    VideoFile video = null;
    int shown = 0;
    try {
      for (CameraRecord frame : frames) {
        try (Mat rgb = FrameDecoder.DEFAULT.decode(frame.image());
            Mat picture = new Mat()) {
          cvtColor(rgb, picture, COLOR_RGB2BGR);
          if (video == null) {
            video = new VideoFile(file, picture.cols(), picture.rows(), framesPerSecond(frames));
          }
          video.add(picture);
          shown++;
        } catch (UndecodableFrameException e) {
          // A dead frame: its line says so, and the clip goes on.
        }
      }
    } finally {
      if (video != null) {
        video.close();
      }
    }
    if (shown == 0) {
      throw new InvalidInputException(
          "the frames of that time are no longer kept; ask sooner, or raise the retention of frames");
    }
    return shown;
  }

  private static double framesPerSecond(List<CameraRecord> frames) {
    Duration length =
        Duration.between(frames.get(0).captureTime(), frames.get(frames.size() - 1).captureTime());
    return frames.size() < 2 || length.toMillis() < 1
        ? USUAL_RATE
        : Math.min(MOST, (frames.size() - 1) * 1e3 / length.toMillis());
  }
}
