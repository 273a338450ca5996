package io.alcedo.connectors.geometry;

/**
 * Where a scaled picture lies on a model's canvas, and the way back for what the model found there.
 * Pixels of the picture and of the canvas are continuous coordinates, as in {@link Box}.
 *
 * @param source of the picture, px
 * @param left where the scaled picture begins on the canvas, px; negative where it is cropped
 * @param top the same, downwards
 * @param scaled the whole picture as it is scaled, px
 * @param canvas what the model sees, px
 */
public record Placement(Size source, int left, int top, Size scaled, Size canvas) {

  /** Width and height, px. */
  public record Size(int width, int height) {
    public Size {
      if (width <= 0 || height <= 0) {
        throw new IllegalArgumentException("size is %dx%d px".formatted(width, height));
      }
    }

    int shorter() {
      return Math.min(width, height);
    }

    int longer() {
      return Math.max(width, height);
    }

    /** Each side times a factor, rounded down, as torchvision and the ONNX Model Zoo do. */
    private Size times(double factor) {
      return new Size(Math.max(1, (int) (factor * width)), Math.max(1, (int) (factor * height)));
    }

    @Override
    public String toString() {
      return width + "x" + height;
    }
  }

  /** As it is: the canvas is the picture. */
  public static Placement asItIs(Size source) {
    return new Placement(source, 0, 0, source, source);
  }

  /** Stretched to the canvas in each direction on its own. */
  public static Placement stretched(Size source, Size canvas) {
    return new Placement(source, 0, 0, canvas, canvas);
  }

  /**
   * The rule of R-CNNs on COCO: the shorter side becomes {@code shortSide}, or less where the
   * longer one would be over {@code longSide}; the canvas is rounded up to whole multiples.
   */
  public static Placement shortSide(Size source, int shortSide, int longSide, int multiple) {
    double factor =
        Math.min((double) shortSide / source.shorter(), (double) longSide / source.longer());
    Size scaled = source.times(factor);
    Size canvas = new Size(roundUp(scaled.width, multiple), roundUp(scaled.height, multiple));
    return new Placement(source, 0, 0, scaled, canvas);
  }

  private static int roundUp(int side, int multiple) {
    return (side + multiple - 1) / multiple * multiple;
  }

  /**
   * The rule of classifiers on ImageNet: the shorter side becomes {@code shortSide}, the middle of
   * the picture fills the canvas.
   */
  public static Placement centerCrop(Size source, int shortSide, Size canvas) {
    boolean wide = source.width > source.height;
    int longer = (int) ((long) shortSide * source.longer() / source.shorter());
    Size scaled = wide ? new Size(longer, shortSide) : new Size(shortSide, longer);
    // rint, not round: torchvision's halves go to the even number.
    int left = (int) Math.rint((canvas.width - scaled.width) / 2.0);
    int top = (int) Math.rint((canvas.height - scaled.height) / 2.0);
    return new Placement(source, left, top, scaled, canvas);
  }

  /** A box of the picture, in pixels of the canvas. */
  public Box toCanvas(Box box) {
    double sx = (double) scaled.width / source.width;
    double sy = (double) scaled.height / source.height;
    return new Box(box.x() * sx + left, box.y() * sy + top, box.width() * sx, box.height() * sy);
  }

  /** A box of the canvas, in pixels of the picture, clipped to it. */
  public Box toSource(Box box) {
    double sx = (double) source.width / scaled.width;
    double sy = (double) source.height / scaled.height;
    return new Box((box.x() - left) * sx, (box.y() - top) * sy, box.width() * sx, box.height() * sy)
        .clip(source.width, source.height);
  }
}
