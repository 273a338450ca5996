package io.alcedo.connectors.geometry;

import java.util.ArrayList;
import java.util.List;

/**
 * A binary mask in COCO's compressed run-length encoding: runs in column-major order, beginning
 * with a run of zeros, each difference to the run before the last written in 6-bit characters (the
 * format of COCO's {@code maskApi}).
 *
 * @param height rows of the mask
 * @param width columns of the mask
 * @param counts the compressed runs, ASCII
 */
public record RleMask(int height, int width, String counts) {
  public RleMask {
    if (height < 0 || width < 0) {
      throw new IllegalArgumentException(
          "mask has a negative size: height %d, width %d".formatted(height, width));
    }
    if (counts == null) {
      throw new IllegalArgumentException("mask has no counts");
    }
  }

  /** Encodes a row-major mask of height × width bytes; every byte that is not 0 is inside. */
  public static RleMask encode(byte[] rowMajor, int height, int width) {
    if (rowMajor.length != height * width) {
      throw new IllegalArgumentException(
          "mask has %d bytes, expected %d x %d = %d"
              .formatted(rowMajor.length, height, width, height * width));
    }
    return encodeWindow(rowMajor, height, width, 0, 0, width, height);
  }

  /**
   * Encodes a mask of which only a window is stored: all outside the window is 0. It costs the
   * window's area, not the picture's.
   *
   * @param window row-major bytes, windowHeight × windowWidth
   */
  public static RleMask encodeWindow(
      byte[] window, int height, int width, int left, int top, int windowWidth, int windowHeight) {
    RunWriter runs = new RunWriter();
    runs.add(false, (long) left * height);
    for (int x = 0; x < windowWidth; x++) {
      runs.add(false, top);
      for (int y = 0; y < windowHeight; y++) {
        runs.add(window[y * windowWidth + x] != 0, 1);
      }
      runs.add(false, height - top - windowHeight);
    }
    runs.add(false, (long) (width - left - windowWidth) * height);
    return new RleMask(height, width, runs.compressed());
  }

  /** Encodes uncompressed runs, as COCO writes crowd regions. */
  public static RleMask ofRuns(List<Long> lengths, int height, int width) {
    RunWriter runs = new RunWriter();
    boolean inside = false;
    for (long length : lengths) {
      runs.add(inside, length);
      inside = !inside;
    }
    return new RleMask(height, width, runs.compressed());
  }

  /**
   * The mask as row-major bytes, height × width, 0 or 1.
   *
   * @throws IllegalArgumentException if the runs do not cover the mask exactly
   */
  public byte[] decode() {
    byte[] mask = new byte[Math.multiplyExact(height, width)];
    long at = 0;
    boolean inside = false;
    for (long run : runs()) {
      if (run < 0 || at + run > mask.length) {
        throw new IllegalArgumentException(
            "mask runs cover more than %d x %d pixels".formatted(height, width));
      }
      for (long end = at + run; inside && at < end; at++) {
        mask[(int) (at % height) * width + (int) (at / height)] = 1;
      }
      at = inside ? at : at + run;
      inside = !inside;
    }
    if (at != mask.length) {
      throw new IllegalArgumentException(
          "mask runs cover %d of %d x %d pixels".formatted(at, height, width));
    }
    return mask;
  }

  /** Number of pixels inside. */
  public long area() {
    long area = 0;
    List<Long> runs = runs();
    for (int i = 1; i < runs.size(); i += 2) {
      area += runs.get(i);
    }
    return area;
  }

  /** A point of a picture, px; the middle of the first pixel is at 0.5. */
  public record Centroid(double x, double y) {}

  /**
   * The mean place of the pixels inside.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Centroid centroid() {
    double x = 0;
    double y = 0;
    long area = 0;
    long at = 0;
    List<Long> runs = runs();
    for (int i = 0; i < runs.size(); i++) {
      long end = at + runs.get(i);
      while (i % 2 == 1 && at < end) { // column by column
        long top = at % height;
        long length = Math.min(end - at, height - top);
        long column = at / height;
        x += length * (column + 0.5);
        y += length * (top + length / 2.0);
        area += length;
        at += length;
      }
      at = end;
    }
    if (area == 0) {
      throw new IllegalArgumentException("an empty mask has no centroid");
    }
    return new Centroid(x / area, y / area);
  }

  /** Number of pixels that are inside both masks, which are of one size. */
  public long intersection(RleMask other) {
    if (height != other.height || width != other.width) {
      throw new IllegalArgumentException(
          "masks of different sizes: %dx%d and %dx%d"
              .formatted(width, height, other.width, other.height));
    }
    return intersection(runs(), other.runs());
  }

  /** Intersection over union of two masks of the same size; 0 where both are empty. */
  public double iou(RleMask other) {
    long intersection = intersection(other);
    long union = area() + other.area() - intersection;
    return union == 0 ? 0 : (double) intersection / union;
  }

  private static long intersection(List<Long> a, List<Long> b) {
    long total = 0;
    int i = 0;
    int j = 0;
    long left = a.isEmpty() ? 0 : a.get(0);
    long right = b.isEmpty() ? 0 : b.get(0);
    while (i < a.size() && j < b.size()) {
      long step = Math.min(left, right);
      total += (i & j & 1) == 1 ? step : 0;
      left -= step;
      right -= step;
      if (left == 0 && ++i < a.size()) {
        left = a.get(i);
      }
      if (right == 0 && ++j < b.size()) {
        right = b.get(j);
      }
    }
    return total;
  }

  /** Run lengths, zeros first. */
  public List<Long> runs() {
    List<Long> runs = new ArrayList<>();
    int at = 0;
    while (at < counts.length()) {
      long value = 0;
      int shift = 0;
      int digit;
      do {
        if (at == counts.length() || shift > 60) {
          throw new IllegalArgumentException("mask counts end inside a number");
        }
        digit = counts.charAt(at++) - 48;
        if (digit < 0 || digit > 63) {
          throw new IllegalArgumentException(
              "mask counts hold the character '%c'".formatted(counts.charAt(at - 1)));
        }
        value |= (long) (digit & 0x1f) << shift;
        shift += 5;
      } while ((digit & 0x20) != 0);
      if ((digit & 0x10) != 0) {
        value |= -1L << shift;
      }
      runs.add(runs.size() > 2 ? value + runs.get(runs.size() - 2) : value);
    }
    return runs;
  }

  /** Joins neighbouring runs of one value and writes them compressed. */
  private static final class RunWriter {
    private final List<Long> lengths = new ArrayList<>(List.of(0L));

    void add(boolean inside, long length) {
      if (length == 0) {
        return;
      }
      boolean lastInside = (lengths.size() & 1) == 0;
      if (inside == lastInside) {
        lengths.set(lengths.size() - 1, lengths.get(lengths.size() - 1) + length);
      } else {
        lengths.add(length);
      }
    }

    String compressed() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < lengths.size(); i++) {
        long value = i > 2 ? lengths.get(i) - lengths.get(i - 2) : lengths.get(i);
        boolean more;
        do {
          int digit = (int) (value & 0x1f);
          value >>= 5;
          more = (digit & 0x10) != 0 ? value != -1 : value != 0;
          text.append((char) ((more ? digit | 0x20 : digit) + 48));
        } while (more);
      }
      return text.toString();
    }
  }
}
