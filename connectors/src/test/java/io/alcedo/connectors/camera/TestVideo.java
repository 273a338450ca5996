package io.alcedo.connectors.camera;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameRecorder;

/** Small videos, written for a test: 160 x 120 px at 10 pictures a second, each of another grey. */
final class TestVideo {
  static final int WIDTH = 160;
  static final int HEIGHT = 120;
  static final int RATE = 10;

  private TestVideo() {}

  /** An MP4 (H.264) with its index in front, so that a copy which is cut can still be opened. */
  static Path mp4(Path file, int pictures, String creationTime) throws FrameRecorder.Exception {
    try (FFmpegFrameRecorder recorder = recorder(file, "mp4", avcodec.AV_CODEC_ID_H264)) {
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setGopSize(5);
      recorder.setOption("movflags", "faststart");
      if (creationTime != null) {
        recorder.setMetadata("creation_time", creationTime);
      }
      record(recorder, pictures);
    }
    return file;
  }

  /** H.264 without a container. */
  static Path h264(Path file, int pictures) throws FrameRecorder.Exception {
    try (FFmpegFrameRecorder recorder = recorder(file, "h264", avcodec.AV_CODEC_ID_H264)) {
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
      recorder.setGopSize(5);
      record(recorder, pictures);
    }
    return file;
  }

  /** Any container with motion JPEG in it. */
  static Path mjpeg(Path file, String format, int pictures) throws FrameRecorder.Exception {
    try (FFmpegFrameRecorder recorder = recorder(file, format, avcodec.AV_CODEC_ID_MJPEG)) {
      recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
      record(recorder, pictures);
    }
    return file;
  }

  /** The first share of a file. */
  static Path cut(Path file, Path copy, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Files.write(copy, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  /** A picture that differs from its neighbours and does not compress to nothing. */
  static Frame picture(int number) {
    Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3);
    ByteBuffer pixels = (ByteBuffer) frame.image[0];
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (byte) (((i * 7919) >> 4) ^ (number * 31)));
    }
    return frame;
  }

  private static FFmpegFrameRecorder recorder(Path file, String format, int codec) {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
    FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT, 0);
    recorder.setFormat(format);
    recorder.setVideoCodec(codec);
    recorder.setFrameRate(RATE);
    recorder.setVideoBitrate(1_000_000);
    return recorder;
  }

  private static void record(FFmpegFrameRecorder recorder, int pictures)
      throws FrameRecorder.Exception {
    recorder.start();
    for (int i = 0; i < pictures; i++) {
      try (Frame picture = picture(i)) {
        recorder.record(picture);
      }
    }
  }
}
