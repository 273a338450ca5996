package io.alcedo.operators.stream.crops;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.frames.FrameLookup;
import io.alcedo.connectors.frames.FrameLookup.Expired;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.image.Jpeg;
import io.alcedo.connectors.image.PlacedPixels;
import io.alcedo.operators.stream.inference.FrameDecoder;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/** Cuts pictures out of stored frames. */
final class CropCutter implements AutoCloseable {
  static final String STAGE = "crop";
  private static final int QUALITY = 92;

  private final FrameStore frames;

  /**
   * Prepares.
   *
   * @param frames is closed with this cutter
   */
  CropCutter(FrameStore frames) {
    this.frames = frames;
  }

  /**
   * Cuts one picture.
   *
   * @throws IllegalStateException if the frames cannot be reached, which says nothing of this one
   */
  CutCrop cut(CropPlan plan) {
    FrameLookup found = frames.find(plan.ref());
    CameraRecord frame = found.frameOrNull();
    if (frame == null) {
      return dead(
          plan,
          new byte[0],
          found instanceof Expired
              ? "the frame is no longer kept; raise the retention of frames"
              : "there is no frame at " + plan.ref());
    }
    try (Mat pixels = FrameDecoder.DEFAULT.decode(frame.image());
        Rect window = PlacedPixels.window(plan.box(), pixels);
        Mat part = new Mat(pixels, window);
        Mat bgr = new Mat()) {
      cvtColor(part, bgr, COLOR_RGB2BGR);
      return new CutCrop(
          new Crop(
              plan.id(),
              plan.frame(),
              plan.track(),
              plan.label(),
              plan.score(),
              plan.box(),
              new FrameSize(pixels.cols(), pixels.rows()),
              plan.ref(),
              plan.captureTime(),
              plan.published(),
              Jpeg.encode(bgr, QUALITY)),
          null);
    } catch (UndecodableFrameException e) {
      return dead(plan, frame.image(), e.getMessage());
    }
  }

  static CutCrop dead(CropPlan plan, byte[] bytes, String reason) {
    return new CutCrop(
        null,
        new DeadLetter(
            plan.frame().camera(),
            plan.frame(),
            plan.ref(),
            STAGE,
            "%s: %s".formatted(plan.id(), reason),
            plan.captureTime(),
            bytes));
  }

  @Override
  public void close() {
    frames.close();
  }
}
