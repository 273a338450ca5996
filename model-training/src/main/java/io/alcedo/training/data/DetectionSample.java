package io.alcedo.training.data;

import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A training picture with its truth. Whoever asked for it closes it.
 *
 * @param picture [h, w, 3] uint8 BGR
 */
public record DetectionSample(Mat picture, List<SampleObject> objects) implements AutoCloseable {
  public DetectionSample {
    objects = List.copyOf(objects);
  }

  @Override
  public void close() {
    picture.close();
  }
}
