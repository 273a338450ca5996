package io.alcedo.connectors.camera;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;

/** Whatever FFmpeg can open and decode. */
final class FfmpegSource implements VideoSource {
  private static final Pattern ERROR_CODE = Pattern.compile("error (-\\d+)");
  private static final double UNKNOWN_RATE = 25;

  /** QuickTime counts from 1904 and a camera without a clock from 1970: no recording is older. */
  private static final Instant OLDEST_RECORDING = Instant.parse("1990-01-01T00:00:00Z");

  private final String name;
  private final FFmpegFrameGrabber grabber;
  private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
  private final DeclaredLength declared;
  private final long startMicros;
  private long pictures;
  private long lastMicros;
  private String fault;

  static {
    avutil.av_log_set_level(avutil.AV_LOG_FATAL);
  }

  private FfmpegSource(String name, FFmpegFrameGrabber grabber) {
    this.name = name;
    this.grabber = grabber;
    this.declared = DeclaredLength.of(grabber);
    long start = grabber.getFormatContext().start_time();
    this.startMicros = start == avutil.AV_NOPTS_VALUE ? 0 : start;
  }

  /**
   * Opens an address.
   *
   * @param name the address as it may be shown
   * @param format options of the protocol and the container
   * @param decoder options of the picture's decoder
   * @throws IOException with FFmpeg's reason
   */
  static FfmpegSource open(
      String address, String name, Map<String, String> format, Map<String, String> decoder)
      throws IOException {
    FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(address);
    format.forEach(grabber::setOption);
    decoder.forEach(grabber::setVideoOption);
    try {
      // Not start(): it holds a lock of the whole process, so that one camera that does not answer
      // would keep all others from opening and closing.
      grabber.startUnsafe(true);
      if (grabber.getImageWidth() <= 0) {
        throw new IOException("it has no pictures");
      }
      return new FfmpegSource(name, grabber);
    } catch (FrameGrabber.Exception e) {
      release(grabber);
      throw new IOException(reason(e));
    } catch (IOException e) {
      release(grabber);
      throw e;
    }
  }

  /** FFmpeg's name of the container. */
  String format() {
    return grabber.getFormat();
  }

  @Override
  public Picture next() {
    try {
      Frame frame = grabber.grabImage();
      if (frame == null) {
        return null;
      }
      lastMicros = mediaMicros(frame.timestamp - startMicros);
      pictures++;
      return new Picture(converter.convert(frame), lastMicros);
    } catch (FrameGrabber.Exception e) {
      fault = reason(e);
      return null;
    }
  }

  /** Streams without timestamps (raw H.264) get the next of their frame rate. */
  private long mediaMicros(long stamped) {
    if (pictures == 0) {
      return Math.max(0, stamped);
    }
    return stamped > lastMicros ? stamped : lastMicros + Math.round(1e6 / framesPerSecond());
  }

  @Override
  public double framesPerSecond() {
    double rate = grabber.getVideoFrameRate();
    return rate > 0 && rate < 1000 ? rate : UNKNOWN_RATE;
  }

  @Override
  public Optional<Instant> startTime() {
    String created = grabber.getMetadata("creation_time");
    if (created == null) {
      created = grabber.getVideoMetadata("creation_time");
    }
    try {
      return Optional.ofNullable(created)
          .map(Instant::parse)
          .filter(time -> time.isAfter(OLDEST_RECORDING));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> damage() {
    double ended = pictures == 0 ? 0 : lastMicros / 1e6 + 1 / framesPerSecond();
    if (fault == null && !declared.isBeyond(ended, framesPerSecond())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s: breaks off after %d pictures, at %.1f s of %s (%s). It was cut off or is damaged; copy it again if it should be longer.",
            name,
            pictures,
            ended,
            declared.text(),
            fault == null ? "no more data" : fault));
  }

  @Override
  public void close() {
    release(grabber);
    converter.close();
  }

  private static void release(FFmpegFrameGrabber grabber) {
    try {
      grabber.releaseUnsafe();
    } catch (FrameGrabber.Exception e) {
      throw new IllegalStateException("FFmpeg cannot close a source: " + reason(e), e);
    }
  }

  /** FFmpeg's error in words; JavaCV's own message repeats the address, password included. */
  private static String reason(FrameGrabber.Exception e) {
    Matcher code = ERROR_CODE.matcher(String.valueOf(e.getMessage()));
    if (!code.find()) {
      return "FFmpeg finds no pictures in it";
    }
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(Integer.parseInt(code.group(1)), text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
