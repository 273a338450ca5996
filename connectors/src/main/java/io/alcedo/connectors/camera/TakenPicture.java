package io.alcedo.connectors.camera;

import java.time.Instant;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture on its way from the source to Kafka; whoever holds it closes it.
 *
 * @param pixels [h, w, 3] uint8 BGR, a copy of its own
 * @param captured event time as the source has it
 */
record TakenPicture(Mat pixels, Instant captured) implements AutoCloseable {
  @Override
  public void close() {
    pixels.close();
  }
}
