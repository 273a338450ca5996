package io.alcedo.connectors.simulation.render;

/**
 * Lattice value noise from an integer hash: the same value for the same place on every machine,
 * without tables.
 */
public final class Noise {
  private Noise() {}

  /** A well mixed hash of two lattice coordinates and a seed. */
  public static int hash(int x, int y, int seed) {
    int h = x * 0x9E3779B1 ^ y * 0x85EBCA77 ^ seed * 0xC2B2AE3D;
    h = (h ^ h >>> 15) * 0x2C1B3C6D;
    h = (h ^ h >>> 12) * 0x297A2D39;
    return h ^ h >>> 15;
  }

  /** A hash as a number from 0 (inclusive) to 1 (exclusive). */
  public static float unit(int x, int y, int seed) {
    return (hash(x, y, seed) >>> 8) * 0x1p-24f;
  }

  /** Smooth noise from 0 to 1 whose lattice has cells of side 1. */
  public static float at(float x, float y, int seed) {
    int ix = floor(x);
    int iy = floor(y);
    float fx = smooth(x - ix);
    float fy = smooth(y - iy);
    float low = mix(unit(ix, iy, seed), unit(ix + 1, iy, seed), fx);
    float high = mix(unit(ix, iy + 1, seed), unit(ix + 1, iy + 1, seed), fx);
    return mix(low, high, fy);
  }

  /** Smooth noise in space from 0 to 1, lattice cells of side 1. */
  public static float at(float x, float y, float z, int seed) {
    int iz = floor(z);
    float fz = smooth(z - iz);
    return mix(at(x, y, seed + iz * 7919), at(x, y, seed + (iz + 1) * 7919), fz);
  }

  /**
   * Fractal noise around 0 (about -0.5 to 0.5) whose octaves halve in wavelength and amplitude.
   * Octaves finer than what one pixel covers are left out, so that distant ground does not flicker.
   *
   * @param wavelength of the coarsest octave, m
   * @param footprint side of the patch that one pixel covers, m
   */
  public static float fractal(
      float x, float y, float wavelength, int octaves, float footprint, int seed) {
    float sum = 0;
    float amplitude = 0.5f;
    float length = wavelength;
    for (int octave = 0; octave < octaves && length > footprint; octave++) {
      float fade = Math.min(1, length / footprint - 1);
      sum += fade * amplitude * (at(x / length, y / length, seed + octave) - 0.5f) * 2;
      amplitude *= 0.6f;
      length *= 0.5f;
    }
    return sum;
  }

  /** 0 below low, 1 above high, smooth between. */
  public static float step(float low, float high, float value) {
    float t = (value - low) / (high - low);
    return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
  }

  static int floor(float value) {
    int truncated = (int) value;
    return value < truncated ? truncated - 1 : truncated;
  }

  private static float smooth(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mix(float a, float b, float t) {
    return a + (b - a) * t;
  }
}
