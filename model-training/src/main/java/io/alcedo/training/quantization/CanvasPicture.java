package io.alcedo.training.quantization;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.image.PlacedPixels;
import io.alcedo.training.data.Picture;
import io.alcedo.training.ops.Tensors;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A picture as a network sees it.
 *
 * @param rgb [canvas height, canvas width, 3]
 * @param fit where the picture is on the canvas
 */
public record CanvasPicture(byte[] rgb, Placement fit) {

  /** Places a picture. */
  static CanvasPicture of(Picture picture, Placement fit) {
    try (BytePointer bytes = new BytePointer(picture.rgb());
        Mat rgb = new Mat(picture.height(), picture.width(), CV_8UC3, bytes)) {
      return placed(rgb, fit);
    }
  }

  /** Places a picture [h, w, 3] BGR. */
  static CanvasPicture ofBgr(Mat bgr, Placement fit) {
    try (Mat rgb = new Mat()) {
      cvtColor(bgr, rgb, COLOR_BGR2RGB);
      return placed(rgb, fit);
    }
  }

  private static CanvasPicture placed(Mat rgb, Placement fit) {
    int width = fit.canvas().width();
    int height = fit.canvas().height();
    try (Mat canvas = new Mat(height, width, CV_8UC3)) {
      PlacedPixels.place(rgb, canvas, fit);
      byte[] pixels = new byte[3 * width * height];
      canvas.data().get(pixels);
      return new CanvasPicture(pixels, fit);
    }
  }

  /** [N, H, W, 3] RGB from 0 to 255 of pictures on one canvas. */
  static Tensor pixels(List<CanvasPicture> batch) {
    int each = batch.get(0).rgb.length;
    byte[] all = new byte[batch.size() * each];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(batch.get(i).rgb, 0, all, i * each, each);
    }
    Placement.Size canvas = batch.get(0).fit.canvas();
    return Tensors.ofUnsigned(all, batch.size(), canvas.height(), canvas.width(), 3)
        .to(torch.ScalarType.Float);
  }

  /** [N, 4] width, height, width, height of the true pictures, px of the canvas. */
  static Tensor sizes(List<CanvasPicture> batch) {
    float[] sizes = new float[4 * batch.size()];
    for (int i = 0; i < sizes.length; i++) {
      Placement.Size scaled = batch.get(i / 4).fit.scaled();
      sizes[i] = i % 2 == 0 ? scaled.width() : scaled.height();
    }
    return Tensors.of(sizes, batch.size(), 4);
  }
}
