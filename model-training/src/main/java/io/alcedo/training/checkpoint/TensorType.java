package io.alcedo.training.checkpoint;

import io.alcedo.training.ops.HalfFloat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Element types, by their names in safetensors headers. */
public enum TensorType {
  F64(8, "DoubleStorage"),
  F32(4, "FloatStorage"),
  F16(2, "HalfStorage"),
  BF16(2, "BFloat16Storage"),
  I64(8, "LongStorage"),
  I32(4, "IntStorage"),
  I16(2, "ShortStorage"),
  I8(1, "CharStorage"),
  U8(1, "ByteStorage"),
  BOOL(1, "BoolStorage"),
  U64(8, ""),
  U32(4, ""),
  U16(2, "");

  private final int bytes;
  private final String storage;

  TensorType(int bytes, String storage) {
    this.bytes = bytes;
    this.storage = storage;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** The type of that name in a safetensors header. */
  static Optional<TensorType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** The type that a class {@code torch.<name>} stores. */
  static Optional<TensorType> ofStorage(String name) {
    return Arrays.stream(values())
        .filter(type -> !type.storage.isEmpty() && type.storage.equals(name))
        .findFirst();
  }

  /**
   * Little-endian elements as float32; F64, I64 and the like lose digits, true is 1.
   *
   * @param data a whole number of elements, which stays as it is
   */
  float[] floats(ByteBuffer data) {
    ByteBuffer in = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[in.remaining() / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] = next(in);
    }
    return values;
  }

  private float next(ByteBuffer in) {
    return switch (this) {
      case F64 -> (float) in.getDouble();
      case F32 -> in.getFloat();
      case F16 -> HalfFloat.toFloat(in.getShort());
      // The upper half of a float32.
      case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
      case I64 -> in.getLong();
      case I32 -> in.getInt();
      case I16 -> in.getShort();
      case I8 -> in.get();
      case U8, BOOL -> in.get() & 0xff;
      case U64 -> {
        long value = in.getLong();
        yield value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2f;
      }
      case U32 -> in.getInt() & 0xffffffffL;
      case U16 -> in.getShort() & 0xffff;
    };
  }
}
