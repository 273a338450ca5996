package io.alcedo.connectors.event;

import java.util.Base64;

/**
 * What an object looks like to an encoder: a vector of length 1, of which each number is kept in
 * one byte, times 127. Those of different encoders say nothing about each other.
 *
 * @param code the bytes in base64
 */
public record Appearance(String code) {
  private static final int SCALE = 127;

  public Appearance {
    if (code == null || isEmpty(Base64.getDecoder().decode(code))) {
      throw new IllegalArgumentException(
          "appearance is '%s', expected a vector in base64 that is not all 0".formatted(code));
    }
  }

  private static boolean isEmpty(byte[] numbers) {
    for (byte number : numbers) {
      if (number != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Of an encoder's vector.
   *
   * @param unit [d], of length 1
   */
  public static Appearance of(float[] unit) {
    byte[] numbers = new byte[unit.length];
    for (int i = 0; i < unit.length; i++) {
      numbers[i] = (byte) Math.max(-SCALE, Math.min(SCALE, Math.round(unit[i] * SCALE)));
    }
    return new Appearance(Base64.getEncoder().encodeToString(numbers));
  }

  /** The vector [d], of length 1 again. */
  public float[] vector() {
    byte[] numbers = Base64.getDecoder().decode(code);
    double squares = 0;
    for (byte number : numbers) {
      squares += number * number;
    }
    float[] vector = new float[numbers.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (numbers[i] / Math.sqrt(squares));
    }
    return vector;
  }
}
