package io.alcedo.operators.stream.inference;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.geometry.Letterbox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The input of one inference in memory of its own, used again and again: N slots of one canvas,
 * uint8 [N, H, W, 3], and the true sizes float [N, 4]. Different slots may be written by different
 * threads; who hands it over makes the writes visible.
 */
public final class FrameBatch implements AutoCloseable {
  private final int capacity;
  private final int width;
  private final int height;
  private final BytePointer memory; // [N, H, W, 3]
  private final FloatBuffer sizes; // [N, 4] w, h, w, h of the picture on the canvas
  private final Letterbox[] fits;

  /** Reserves the memory. */
  public FrameBatch(int capacity, int width, int height) {
    this.capacity = capacity;
    this.width = width;
    this.height = height;
    this.memory = new BytePointer((long) capacity * bytesPerSlot());
    this.sizes =
        ByteBuffer.allocateDirect(capacity * 4 * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.fits = new Letterbox[capacity];
    Pointer.memset(memory, 0, memory.capacity());
    for (int slot = 0; slot < capacity; slot++) {
      fit(slot, new Letterbox(width, height, width, height));
    }
  }

  public int capacity() {
    return capacity;
  }

  /** One slot as a picture, [H, W] of three channels; the caller closes it. */
  public Mat canvas(int slot) {
    // getPointer, not position: OpenCV would read a moved pointer's base address.
    Pointer start = memory.getPointer((long) slot * bytesPerSlot());
    return new Mat(height, width, CV_8UC3, start);
  }

  /** Notes how the picture of a slot lies on its canvas. */
  public void fit(int slot, Letterbox fit) {
    fits[slot] = fit;
    for (int i = 0; i < 4; i++) {
      sizes.put(4 * slot + i, i % 2 == 0 ? fit.width() : fit.height());
    }
  }

  /** How the picture of a slot lies on its canvas. */
  public Letterbox fit(int slot) {
    return fits[slot];
  }

  /** Copies one slot over another. */
  void copy(int from, int to) {
    Pointer.memcpy(
        memory.getPointer((long) to * bytesPerSlot()),
        memory.getPointer((long) from * bytesPerSlot()),
        bytesPerSlot());
    fit(to, fits[from]);
  }

  /** Direct bytes of neighbouring slots, [count, H, W, 3]. */
  ByteBuffer images(int from, int count) {
    BytePointer start = memory.getPointer((long) from * bytesPerSlot());
    return start.capacity((long) count * bytesPerSlot()).asBuffer();
  }

  /** Direct floats of neighbouring slots, [count, 4]. */
  FloatBuffer sizes(int from, int count) {
    return sizes.slice(4 * from, 4 * count);
  }

  private int bytesPerSlot() {
    return width * height * 3;
  }

  @Override
  public void close() {
    memory.close();
  }
}
