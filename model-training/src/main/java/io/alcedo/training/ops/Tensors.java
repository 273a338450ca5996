package io.alcedo.training.ops;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Copies between libtorch's memory and the heap. */
public final class Tensors {
  static {
    Libtorch.ensureLoaded();
  }

  private Tensors() {}

  /** All elements as float32, row-major. */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    if (values.length > 0) {
      try (PointerScope scope = new PointerScope()) {
        // Without contiguous() the buffer shows storage order, which is silently wrong.
        Tensor flat = tensor.detach().to(torch.ScalarType.Float).contiguous();
        FloatBuffer buffer = flat.createBuffer();
        buffer.get(values);
      }
    }
    return values;
  }

  /** All elements of an int64 tensor, row-major. */
  public static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    if (values.length > 0) {
      try (PointerScope scope = new PointerScope()) {
        LongBuffer buffer = tensor.contiguous().createBuffer();
        buffer.get(values);
      }
    }
    return values;
  }

  /** A float32 tensor. */
  public static Tensor of(float[] values, long... shape) {
    return AbstractTensor.create(values, shape);
  }

  /** An int64 tensor. */
  public static Tensor of(long[] values, long... shape) {
    return AbstractTensor.create(values, shape);
  }

  /** A uint8 tensor of bytes that count from 0 to 255. */
  public static Tensor ofUnsigned(byte[] values, long... shape) {
    return AbstractTensor.create(values, false, shape);
  }
}
