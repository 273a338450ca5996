package io.alcedo.connectors.geometry;

import io.alcedo.connectors.geometry.Placement.Size;

/**
 * Fits a picture into a model's fixed canvas without changing its aspect ratio: scaled to touch the
 * canvas, placed at the top left, the rest filled with black. Training, calibration, evaluation,
 * serving and search all use this one class, so that a box means the same everywhere.
 *
 * @param sourceWidth width of the picture, px
 * @param sourceHeight height of the picture, px
 * @param canvasWidth width of the canvas, px
 * @param canvasHeight height of the canvas, px
 */
public record Letterbox(int sourceWidth, int sourceHeight, int canvasWidth, int canvasHeight) {
  public Letterbox {
    if (sourceWidth <= 0 || sourceHeight <= 0 || canvasWidth <= 0 || canvasHeight <= 0) {
      throw new IllegalArgumentException(
          "letterbox needs positive sizes, got picture %dx%d and canvas %dx%d"
              .formatted(sourceWidth, sourceHeight, canvasWidth, canvasHeight));
    }
  }

  /** Width of the scaled picture inside the canvas, px. */
  public int width() {
    return scaled(sourceWidth, canvasWidth);
  }

  /** Height of the scaled picture inside the canvas, px. */
  public int height() {
    return scaled(sourceHeight, canvasHeight);
  }

  private int scaled(int side, int limit) {
    double scale =
        Math.min((double) canvasWidth / sourceWidth, (double) canvasHeight / sourceHeight);
    return Math.max(1, Math.min(limit, (int) Math.round(side * scale)));
  }

  /** The same among the other ways to fit a picture to a canvas. */
  public Placement placement() {
    return new Placement(
        new Size(sourceWidth, sourceHeight),
        0,
        0,
        new Size(width(), height()),
        new Size(canvasWidth, canvasHeight));
  }

  /** A box of the picture, in pixels of the canvas. */
  public Box toCanvas(Box box) {
    return placement().toCanvas(box);
  }

  /** A box of the canvas, in pixels of the picture, clipped to it. */
  public Box toSource(Box box) {
    return placement().toSource(box);
  }
}
