package io.alcedo.connectors.camera;

import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures one after the other. Used by one thread. */
public interface VideoSource extends AutoCloseable {
  /**
   * One picture.
   *
   * @param pixels [h, w, 3] uint8 BGR; valid until the next picture is asked for
   * @param mediaMicros time since the beginning, µs
   */
  record Picture(Mat pixels, long mediaMicros) {}

  /** The next picture; null at the end. */
  Picture next();

  /** Pictures a second, as the source declares it. */
  double framesPerSecond();

  @Override
  void close();
}
