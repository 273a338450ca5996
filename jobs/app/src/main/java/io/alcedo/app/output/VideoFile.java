package io.alcedo.app.output;

import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/** An MP4 file (H.264, 4:2:0) that grows picture by picture. */
public final class VideoFile implements AutoCloseable {
  private final FFmpegFrameRecorder recorder;
  private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
  private final int width;
  private final int height;

  /**
   * Creates the file.
   *
   * @param width px, of the first picture; others are stretched to it
   * @param framesPerSecond rate at which it plays
   * @throws InvalidInputException if it cannot be written
   */
  public VideoFile(Path file, int width, int height, double framesPerSecond) {
    // 4:2:0 halves both sides, so they must be even.
    this.width = width & ~1;
    this.height = height & ~1;
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    recorder = new FFmpegFrameRecorder(file.toFile(), this.width, this.height, 0);
    recorder.setFormat("mp4");
    recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
    recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
    recorder.setFrameRate(framesPerSecond);
    recorder.setVideoBitrate((int) Math.min(20e6, this.width * this.height * framesPerSecond / 4));
    recorder.setVideoOption("allow_skip_frames", "0");
    try {
      recorder.start();
    } catch (FrameRecorder.Exception e) {
      throw new InvalidInputException(
          "%s: cannot be written as MP4 (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /** Appends a BGR picture. */
  public void add(Mat picture) {
    Mat even = new Mat();
    try (Size size = new Size(width, height)) {
      if (Math.abs(picture.cols() - width) <= 1 && Math.abs(picture.rows() - height) <= 1) {
        picture.apply(new Rect(0, 0, width, height)).copyTo(even);
      } else {
        resize(picture, even, size); // the camera was set to another resolution
      }
      recorder.record(converter.convert(even));
    } catch (FrameRecorder.Exception e) {
      throw new IllegalStateException("video cannot be written: " + e.getMessage(), e);
    } finally {
      even.close();
    }
  }

  @Override
  public void close() {
    try {
      recorder.close();
    } catch (FrameRecorder.Exception e) {
      throw new IllegalStateException("video cannot be finished: " + e.getMessage(), e);
    } finally {
      converter.close();
    }
  }
}
