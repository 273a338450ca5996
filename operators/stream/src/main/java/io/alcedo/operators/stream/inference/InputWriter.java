package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;
import static org.bytedeco.opencv.global.opencv_core.extractChannel;
import static org.bytedeco.opencv.global.opencv_core.merge;

import ai.onnxruntime.OnnxJavaType;
import io.alcedo.connectors.geometry.Letterbox;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.image.PlacedPixels;
import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * Turns a picture into a model's input tensor, as the manifest's input says: placed on the canvas,
 * then (pixel × scale − mean) ÷ std, channel by channel; 0 where the picture does not cover the
 * canvas. Knows of no batch. Safe for several threads.
 *
 * @param input checked
 */
record InputWriter(Input input) {
  private static final int CHANNELS = 3;

  /** Whether every picture gets the same canvas. */
  boolean isFixed() {
    return switch (input.resize()) {
      case LETTERBOX, STRETCH, CENTER_CROP -> true;
      case SHORT_SIDE, NONE -> false;
    };
  }

  /** The canvas, where it is fixed. */
  Size canvas() {
    return new Size(input.canvasWidth(), input.canvasHeight());
  }

  /** Where a picture of a size will lie. */
  Placement placement(Size picture) {
    return switch (input.resize()) {
      case LETTERBOX ->
          new Letterbox(
                  picture.width(), picture.height(), input.canvasWidth(), input.canvasHeight())
              .placement();
      case STRETCH -> Placement.stretched(picture, canvas());
      case CENTER_CROP -> Placement.centerCrop(picture, input.shortSide(), canvas());
      case SHORT_SIDE ->
          Placement.shortSide(picture, input.shortSide(), input.longSide(), input.multipleOf());
      case NONE -> Placement.asItIs(picture);
    };
  }

  /** Bytes of one picture's tensor. */
  long bytes(Size canvas) {
    return CHANNELS * planeBytes(canvas);
  }

  private long planeBytes(Size canvas) {
    return (long) canvas.width() * canvas.height() * type().size;
  }

  OnnxJavaType type() {
    return input.type() == NumberType.UINT8 ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
  }

  /** Shape of the tensor of some pictures; CHW holds one. */
  long[] shape(int count, Size canvas) {
    return switch (input.layout()) {
      case NHWC -> new long[] {count, canvas.height(), canvas.width(), CHANNELS};
      case NCHW -> new long[] {count, CHANNELS, canvas.height(), canvas.width()};
      case CHW -> new long[] {CHANNELS, canvas.height(), canvas.width()};
    };
  }

  /**
   * Writes one picture.
   *
   * @param rgb [h, w] of three channels, uint8
   * @param memory of {@link #bytes} bytes
   */
  void write(Mat rgb, Placement fit, BytePointer memory) {
    if (isCanvasItself()) {
      try (Mat canvas =
          new Mat(
              fit.canvas().height(),
              fit.canvas().width(),
              CV_MAKETYPE(CV_8UC1, CHANNELS),
              memory)) {
        PlacedPixels.place(rgb, canvas, fit);
      }
      return;
    }
    Pointer.memset(memory, 0, bytes(fit.canvas()));
    try (Mat part = PlacedPixels.part(rgb, fit);
        Rect covered = PlacedPixels.covered(fit)) {
      if (input.layout() == Layout.NHWC) {
        interleave(part, memory, fit.canvas(), covered);
      } else {
        separate(part, memory, fit.canvas(), covered);
      }
    }
  }

  /** Whether pixels go in as they were decoded: then they are written once and not converted. */
  private boolean isCanvasItself() {
    return input.layout() == Layout.NHWC
        && input.type() == NumberType.UINT8
        && input.colorOrder() == ColorOrder.RGB;
  }

  private void interleave(Mat part, BytePointer memory, Size canvas, Rect covered) {
    try (MatVector channels = new MatVector(CHANNELS);
        Mat all = new Mat(canvas.height(), canvas.width(), CV_MAKETYPE(depth(), CHANNELS), memory);
        Mat target = new Mat(all, covered)) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        try (Mat converted = new Mat()) {
          convert(part, channel, converted);
          channels.put(channel, converted);
        }
      }
      merge(channels, target);
    }
  }

  private void separate(Mat part, BytePointer memory, Size canvas, Rect covered) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      try (Mat plane =
              new Mat(
                  canvas.height(),
                  canvas.width(),
                  depth(),
                  memory.getPointer(channel * planeBytes(canvas)));
          Mat target = new Mat(plane, covered)) {
        convert(part, channel, target);
      }
    }
  }

  private void convert(Mat part, int channel, Mat target) {
    double std = input.std().get(channel);
    double mean = input.mean().get(channel);
    int source = input.colorOrder() == ColorOrder.RGB ? channel : CHANNELS - 1 - channel;
    try (Mat plane = new Mat()) {
      extractChannel(part, plane, source);
      plane.convertTo(target, depth(), input.scale() / std, -mean / std);
    }
  }

  private int depth() {
    return input.type() == NumberType.UINT8 ? CV_8UC1 : CV_32FC1;
  }
}
