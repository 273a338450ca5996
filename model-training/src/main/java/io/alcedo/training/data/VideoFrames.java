package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;

/** Frames of a video file, one after the other. */
public final class VideoFrames {
  private VideoFrames() {}

  /** Looks at a frame. */
  public interface Look {
    /**
     * Looks.
     *
     * @param number from 1
     * @param bgr [h, w, 3] uint8, until the method returns
     * @param seconds from the first frame, by the video's rate
     */
    void at(int number, Mat bgr, double seconds);
  }

  /**
   * Shows a range of frames.
   *
   * @param first from 1
   * @param last inclusive
   * @throws InvalidInputException if the file cannot be read or the video is shorter
   */
  public static void read(Path video, int first, int last, Look look) {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(video.toFile());
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      grabber.start();
      for (int number = 1; number <= last; number++) {
        Frame frame = grabber.grabImage();
        if (frame == null) {
          throw new InvalidInputException(
              "%s: has %d frames, frames %d to %d are wanted"
                  .formatted(video, number - 1, first, last));
        }
        if (number >= first) {
          look.at(number, converter.convert(frame), (number - 1) / grabber.getVideoFrameRate());
        }
      }
    } catch (FrameGrabber.Exception e) {
      throw new InvalidInputException(
          "%s: is no video that can be read (%s)".formatted(video, e.getMessage()), e);
    }
  }
}
