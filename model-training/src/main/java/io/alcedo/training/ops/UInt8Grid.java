package io.alcedo.training.ops;

/**
 * The 256 values that an activation can take: real = scale · (q − zeroPoint), q from 0 to 255. The
 * real 0 is one of them, so that zero padding and rectifiers stay exact.
 *
 * @param scale step between two values, above 0
 * @param zeroPoint q of the real 0, 0 to 255
 */
public record UInt8Grid(float scale, int zeroPoint) {
  private static final int STEPS = 255;

  public UInt8Grid {
    if (!(scale > 0 && scale < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scale is %s, expected above 0".formatted(scale));
    }
    if (zeroPoint < 0 || zeroPoint > STEPS) {
      throw new IllegalArgumentException(
          "zero point is %d, expected 0 to 255".formatted(zeroPoint));
    }
  }

  /** The grid over a range, which is widened to hold 0. */
  public static UInt8Grid over(double low, double high) {
    double least = Math.min(low, 0);
    double most = Math.max(high, 0);
    float scale = (float) ((most - least) / STEPS);
    if (scale < Float.MIN_NORMAL) {
      return new UInt8Grid(1, 0);
    }
    return new UInt8Grid(scale, (int) Math.min(STEPS, Math.rint(-least / scale)));
  }

  /** The nearest q of a value; ties to even, values outside go to the end of the range. */
  public int quantize(float value) {
    double q = Math.rint(value / scale) + zeroPoint;
    return (int) Math.max(0, Math.min(STEPS, q));
  }

  public float dequantize(int q) {
    return scale * (q - zeroPoint);
  }
}
