package io.alcedo.connectors.geometry;

/**
 * An axis-aligned box in pixels: left, top, width, height, continuous coordinates (pixel column 0
 * spans 0 to 1).
 */
public record Box(double x, double y, double width, double height) {
  public Box {
    if (!(Double.isFinite(x)
        && Double.isFinite(y)
        && Double.isFinite(width)
        && Double.isFinite(height))) {
      throw new IllegalArgumentException(
          "box has a coordinate that is not finite: [%s, %s, %s, %s]"
              .formatted(x, y, width, height));
    }
    if (width < 0 || height < 0) {
      throw new IllegalArgumentException(
          "box has a negative side: width %s, height %s".formatted(width, height));
    }
  }

  /** The box between two corners; sides that would be negative become 0. */
  public static Box ofCorners(double x1, double y1, double x2, double y2) {
    return new Box(x1, y1, Math.max(0, x2 - x1), Math.max(0, y2 - y1));
  }

  public double right() {
    return x + width;
  }

  public double bottom() {
    return y + height;
  }

  public double centerX() {
    return x + width / 2;
  }

  public double centerY() {
    return y + height / 2;
  }

  public double area() {
    return width * height;
  }

  /** Intersection over union; 0 where both are empty. */
  public double iou(Box other) {
    double intersection = intersection(other);
    double union = area() + other.area() - intersection;
    return union <= 0 ? 0 : intersection / union;
  }

  /** Area of the overlap, px². */
  public double intersection(Box other) {
    double w = Math.min(right(), other.right()) - Math.max(x, other.x);
    double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    return w <= 0 || h <= 0 ? 0 : w * h;
  }

  /** The part of this box that lies inside a picture of the given size. */
  public Box clip(double pictureWidth, double pictureHeight) {
    return ofCorners(
        clamp(x, 0, pictureWidth),
        clamp(y, 0, pictureHeight),
        clamp(right(), 0, pictureWidth),
        clamp(bottom(), 0, pictureHeight));
  }

  private static double clamp(double value, double low, double high) {
    return Math.min(Math.max(value, low), high);
  }
}
