package io.alcedo.operators.stream.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.model.ModelManifest.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The input of one inference in memory of its own, used again and again: N slots, each with a
 * picture as the model wants it, and the true sizes float [N, 4]. Different slots may be written by
 * different threads; who hands it over makes the writes visible.
 */
public final class FrameBatch implements AutoCloseable {
  /** More is no picture that a model looks at, but an attack or a mistake. */
  private static final long MOST_BYTES = 256L << 20;

  private final InputWriter writer;
  private final SlotMemory memory;
  private final FloatBuffer sizes; // [N, 4] w, h, w, h of the picture on the canvas
  private final Placement[] fits;

  /**
   * Reserves memory, as far as the pictures' size is known.
   *
   * @param input of a checked manifest
   */
  public FrameBatch(int capacity, Input input) {
    this.writer = new InputWriter(input);
    this.memory =
        writer.isFixed()
            ? new SlotMemory.Block(capacity, writer.bytes(writer.canvas()))
            : new SlotMemory.Separate(capacity);
    this.sizes =
        ByteBuffer.allocateDirect(capacity * 4 * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.fits = new Placement[capacity];
  }

  public int capacity() {
    return fits.length;
  }

  /**
   * Checks that a picture is not too large before its memory is reserved.
   *
   * @throws UndecodableFrameException with both sizes
   */
  void checkSize(Size picture) throws UndecodableFrameException {
    long bytes = writer.bytes(writer.placement(picture).canvas());
    if (bytes > MOST_BYTES) {
      throw new UndecodableFrameException(
          "%s px: would be %d MB as the model's input, limit %d MB"
              .formatted(picture, bytes >> 20, MOST_BYTES >> 20));
    }
  }

  /**
   * Writes a picture into a slot.
   *
   * @param rgb [h, w] of three channels, uint8
   * @return how it lies on its canvas
   */
  public Placement place(int slot, Mat rgb) {
    Placement fit = writer.placement(new Size(rgb.cols(), rgb.rows()));
    writer.write(rgb, fit, memory.slot(slot, writer.bytes(fit.canvas())));
    fit(slot, fit);
    return fit;
  }

  /**
   * Writes a picture into a slot.
   *
   * @param rgb [height, width, 3]
   */
  public Placement place(int slot, byte[] rgb, int width, int height) {
    try (BytePointer bytes = new BytePointer(rgb);
        Mat picture = new Mat(height, width, opencv_core.CV_8UC3, bytes)) {
      return place(slot, picture);
    }
  }

  /** How the picture of a slot lies on its canvas. */
  public Placement fit(int slot) {
    return fits[slot];
  }

  private void fit(int slot, Placement fit) {
    fits[slot] = fit;
    Size picture = fit.scaled();
    for (int i = 0; i < 4; i++) {
      sizes.put(4 * slot + i, i % 2 == 0 ? picture.width() : picture.height());
    }
  }

  /** Makes one slot's picture that of another. */
  void move(int from, int to) {
    memory.move(from, to);
    fit(to, fits[from]);
  }

  /** Direct bytes of neighbouring slots of one canvas. */
  ByteBuffer images(int from, int count) {
    return memory.span(from, count, writer.bytes(fits[from].canvas()));
  }

  /** The pictures of neighbouring slots as a tensor over their memory; the caller closes it. */
  OnnxTensor imagesTensor(int from, int count) throws OrtException {
    long[] shape = writer.shape(count, fits[from].canvas());
    ByteBuffer bytes = images(from, count).order(ByteOrder.nativeOrder());
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), bytes, shape, writer.type());
  }

  /** The true sizes of neighbouring slots, [count, 4]; the caller closes it. */
  OnnxTensor sizesTensor(int from, int count) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), sizes.slice(4 * from, 4 * count), new long[] {count, 4});
  }

  @Override
  public void close() {
    memory.close();
  }
}
