package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;

/** A video file, decoded by FFmpeg. */
public final class VideoFileSource implements VideoSource {
  private final Path file;
  private final FFmpegFrameGrabber grabber;
  private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();

  /**
   * Opens a file.
   *
   * @throws InvalidInputException if it is missing, empty or no video
   */
  public VideoFileSource(Path file) {
    this.file = file;
    requireContent(file);
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    grabber = new FFmpegFrameGrabber(file.toFile());
    try {
      grabber.start();
    } catch (FrameGrabber.Exception e) {
      close();
      throw new InvalidInputException(
          "%s: is no video that FFmpeg can read. Give a video file such as MP4, AVI or MKV."
              .formatted(file),
          e);
    }
    if (grabber.getImageWidth() <= 0) {
      close();
      throw new InvalidInputException(
          "%s: has no picture track. Give a video file such as MP4, AVI or MKV.".formatted(file));
    }
  }

  private static void requireContent(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new InvalidInputException(file + ": is no file. Give the path of a video.");
      }
      if (Files.size(file) == 0) {
        throw new InvalidInputException(file + ": is empty. Give a video file.");
      }
    } catch (IOException e) {
      throw new InvalidInputException(file + ": cannot be read", e);
    }
  }

  @Override
  public Picture next() {
    try {
      Frame frame = grabber.grabImage();
      return frame == null ? null : new Picture(converter.convert(frame), frame.timestamp);
    } catch (FrameGrabber.Exception e) {
      throw new InvalidInputException(
          "%s: breaks off at frame %d (%s)"
              .formatted(file, grabber.getFrameNumber(), e.getMessage()),
          e);
    }
  }

  @Override
  public double framesPerSecond() {
    double rate = grabber.getVideoFrameRate();
    return rate > 0 && rate < 1000 ? rate : 25;
  }

  @Override
  public void close() {
    try {
      grabber.close();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException(file + ": cannot be closed", e);
    } finally {
      converter.close();
    }
  }
}
