package io.alcedo.app.output;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwrite;
import static org.bytedeco.opencv.global.opencv_imgproc.COLORMAP_TURBO;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;
import static org.bytedeco.opencv.global.opencv_imgproc.applyColorMap;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Where objects of one camera spent their time, over all windows that do not overlap, as a picture
 * over one of the camera's frames: dark blue is nothing, red is most. Not thread-safe.
 */
public final class HeatMap implements AutoCloseable {
  private final Map<Instant, Heat> byWindow = new HashMap<>();
  private Mat ground;

  /** A picture of the camera to draw over; the last one counts. */
  public void over(Mat bgr) {
    if (ground != null) {
      ground.close();
    }
    ground = bgr.clone();
  }

  /** Adds a window, or puts it in the place of what was known of it. */
  public void add(AnalyticsRow row) {
    byWindow.put(row.start(), row.heat());
  }

  /** Writes a PNG, if there is anything to draw. */
  public void write(Path file) {
    if (ground == null || byWindow.isEmpty()) {
      return;
    }
    Heat first = byWindow.values().iterator().next();
    float[] sums = new float[first.seconds().size()];
    for (Heat heat : byWindow.values()) {
      List<Float> seconds = heat.seconds();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += seconds.get(i);
      }
    }
    float most = 1e-6f;
    for (float sum : sums) {
      most = Math.max(most, sum);
    }
    // The square root shows where few have been too.
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) (255 * Math.sqrt(sums[i] / most));
    }
    draw(sums, first.columns(), file);
  }

  private void draw(float[] values, int columns, Path file) {
    try (FloatPointer data = new FloatPointer(values);
        Mat cells = new Mat(values.length / columns, columns, CV_32FC1, data);
        Size size = new Size(ground.cols(), ground.rows());
        Mat large = new Mat();
        Mat bytes = new Mat();
        Mat colours = new Mat();
        Mat mixed = new Mat()) {
      resize(cells, large, size, 0, 0, INTER_CUBIC);
      large.convertTo(bytes, CV_8UC1);
      applyColorMap(bytes, colours, COLORMAP_TURBO);
      addWeighted(ground, 0.45, colours, 0.55, 0, mixed);
      imwrite(file.toString(), mixed);
    }
  }

  @Override
  public void close() {
    if (ground != null) {
      ground.close();
    }
  }
}
