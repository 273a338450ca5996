package io.alcedo.connectors.event;

/** Sides of a frame, px. */
public record FrameSize(int width, int height) {
  public FrameSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a frame of %d x %d px, expected 1 or more".formatted(width, height));
    }
  }

  /** Reads 1280x720. */
  public static FrameSize parse(String text) {
    String[] sides = text.split("x", -1);
    try {
      if (sides.length == 2) {
        return new FrameSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
      }
    } catch (NumberFormatException e) {
      throw unreadable(text, e);
    }
    throw unreadable(text, null);
  }

  private static IllegalArgumentException unreadable(String text, Exception e) {
    return new IllegalArgumentException(
        "'%s' is no size of a frame, expected one such as 1280x720".formatted(text), e);
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
