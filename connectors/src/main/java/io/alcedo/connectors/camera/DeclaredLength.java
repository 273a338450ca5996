package io.alcedo.connectors.camera;

import java.util.Locale;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;

/**
 * How long a container says its pictures last, to tell a file that was cut off. MP4, AVI and MKV
 * write it in a header; MPEG-TS and raw streams do not, so a cut in these goes unseen.
 *
 * @param seconds 0 where the container does not say
 */
record DeclaredLength(double seconds) {
  /** Encoders and containers disagree by a picture or two. */
  private static final double TOLERATED_PICTURES = 2.5;

  private static final double TOLERATED_SHARE = 0.01;

  /** Reads it from a container that is open. */
  static DeclaredLength of(FFmpegFrameGrabber grabber) {
    AVFormatContext container = grabber.getFormatContext();
    if (container.duration_estimation_method() != avformat.AVFMT_DURATION_FROM_STREAM) {
      return new DeclaredLength(0);
    }
    AVStream video = video(container);
    double rate = grabber.getVideoFrameRate();
    double counted = video == null || rate <= 0 ? 0 : video.nb_frames() / rate;
    if (video != null && video.duration() != avutil.AV_NOPTS_VALUE) {
      double own = video.duration() * avutil.av_q2d(video.time_base());
      // Of an AVI that was cut FFmpeg shortens the duration, not the count.
      return new DeclaredLength(Math.max(own, counted));
    }
    // The container's length counts for the pictures only if there is nothing else in it.
    return new DeclaredLength(
        container.nb_streams() == 1 ? Math.max(0, grabber.getLengthInTime() / 1e6) : counted);
  }

  private static AVStream video(AVFormatContext container) {
    for (int i = 0; i < container.nb_streams(); i++) {
      if (container.streams(i).codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO) {
        return container.streams(i);
      }
    }
    return null;
  }

  /** Whether clearly more was declared than came. */
  boolean isBeyond(double endedSeconds, double framesPerSecond) {
    double tolerated = TOLERATED_PICTURES / framesPerSecond + TOLERATED_SHARE * seconds;
    return seconds - endedSeconds > tolerated;
  }

  String text() {
    return seconds > 0 ? String.format(Locale.ROOT, "%.1f s", seconds) : "an unknown length";
  }
}
