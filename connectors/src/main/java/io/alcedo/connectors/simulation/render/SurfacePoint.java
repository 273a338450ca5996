package io.alcedo.connectors.simulation.render;

/**
 * What is seen in one pixel. Reused from pixel to pixel, because half a million are shaded for a
 * picture.
 */
public final class SurfacePoint {
  /** Place in the world, m. */
  public float x;

  public float y;
  public float z;

  /** Unit normal, turned to the camera. */
  public float nx;

  public float ny;
  public float nz;

  /** Albedo, linear: the mesh's colour when a surface begins, the painted one when it ends. */
  public float r;

  public float g;
  public float b;

  /** Light given off at night, linear radiance. */
  public float glow;

  /** Share of the sky that is mirrored at grazing angles, 0 to 1. */
  public float gloss;

  /** Side of the patch that one pixel covers, m. */
  public float footprint;

  /** Paints the point. */
  public void paint(Rgb color) {
    r = color.r();
    g = color.g();
    b = color.b();
  }

  /** Covers the point with a share of a colour. */
  public void blend(Rgb color, float share) {
    r += (color.r() - r) * share;
    g += (color.g() - g) * share;
    b += (color.b() - b) * share;
  }

  /** Makes the point darker or lighter. */
  public void scale(float factor) {
    float positive = Math.max(0.05f, factor);
    r *= positive;
    g *= positive;
    b *= positive;
  }
}
