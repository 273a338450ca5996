package io.alcedo.training.ops;

/** IEEE 754 binary16, rounded to nearest even; Java has it from version 20 on. */
public final class HalfFloat {
  private HalfFloat() {}

  /** The 16 bits of a value; too large becomes infinite. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00); // NaN
    }
    if (magnitude >= 0x47800000) {
      return (short) (sign | 0x7c00); // 65,536 and above, infinity too
    }
    if (magnitude < 0x38800000) {
      // Subnormal: adding this float aligns the mantissa and rounds to nearest even.
      float aligned = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | Float.floatToRawIntBits(aligned) - 0x3f000000);
    }
    int odd = magnitude >>> 13 & 1;
    return (short) (sign | (magnitude - 0x38000000 + 0xfff + odd) >>> 13);
  }

  /** The value of 16 bits. */
  public static float toFloat(short half) {
    int exponent = half >>> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    float magnitude =
        exponent == 0
            ? mantissa * 0x1p-24f
            : exponent == 31
                ? (mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Float.intBitsToFloat(((exponent + 112) << 23) | (mantissa << 13));
    return (half & 0x8000) != 0 ? -magnitude : magnitude;
  }
}
