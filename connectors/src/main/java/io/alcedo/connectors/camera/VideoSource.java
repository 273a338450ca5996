package io.alcedo.connectors.camera;

import java.time.Instant;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures one after the other. Used and closed by one thread. */
public interface VideoSource extends AutoCloseable {
  /**
   * One picture.
   *
   * @param pixels [h, w, 3] uint8 BGR; valid until the next picture is asked for
   * @param mediaMicros time since the beginning, µs; never smaller than the picture's before
   */
  record Picture(Mat pixels, long mediaMicros) {}

  /**
   * The next picture; null at the end. A live source waits for it, no longer than its read timeout.
   */
  Picture next();

  /** Pictures a second, as the source declares it. */
  double framesPerSecond();

  /** Event time of media time 0, where the source knows it. */
  default Optional<Instant> startTime() {
    return Optional.empty();
  }

  /** After the end: what is missing and where it broke off; empty after a proper end. */
  default Optional<String> damage() {
    return Optional.empty();
  }

  @Override
  void close();
}
