package io.alcedo.training.quantization;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameRecorder;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** A video whose frames are grey, each a little brighter than the one before. */
final class TestVideo {
  private TestVideo() {}

  /** Writes frames of 64×48 px; frame n (from 1) has the level 5n. */
  static Path write(Path file, int frames) throws FrameRecorder.Exception {
    avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 48);
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat()) {
      recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
      recorder.setFormat("avi");
      recorder.setFrameRate(10);
      recorder.start();
      for (int n = 1; n <= frames; n++) {
        try (Scalar level = new Scalar(5 * n, 5 * n, 5 * n, 0);
            Mat picture = new Mat(48, 64, CV_8UC3, level)) {
          recorder.record(converter.convert(picture));
        }
      }
    }
    return file;
  }
}
