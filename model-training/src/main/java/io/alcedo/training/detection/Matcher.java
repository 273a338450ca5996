package io.alcedo.training.detection;

import java.util.Arrays;

/**
 * Assigns boxes to true objects by overlap (Ren et al. 2015, section 3.1.2).
 *
 * @param high a box belongs to its best object from this overlap on
 * @param low below it a box is background; in between it is neither
 * @param keepBestOfEach whether the best boxes of each object belong to their best object even
 *     below the thresholds
 */
public record Matcher(float high, float low, boolean keepBestOfEach) {
  /** Of the RPN. */
  public static final Matcher ANCHORS = new Matcher(0.7f, 0.3f, true);

  /** Of the box head. */
  public static final Matcher REGIONS = new Matcher(0.5f, 0.5f, false);

  /** The box is background. */
  public static final int BACKGROUND = -1;

  /** The box is neither. */
  public static final int BETWEEN = -2;

  private static final float MOSTLY = 0.5f;

  /**
   * Assigns every box.
   *
   * @param target whose ignored regions turn background that lies mostly inside into neither
   * @param boxes [count, 4]
   * @return index of the object, {@link #BACKGROUND} or {@link #BETWEEN}
   */
  public int[] match(DetectionTarget target, float[] boxes) {
    int count = boxes.length / 4;
    int objects = target.count();
    float[] overlap = new float[objects * count];
    for (int object = 0; object < objects; object++) {
      for (int box = 0; box < count; box++) {
        overlap[object * count + box] = iou(target.boxes(), 4 * object, boxes, 4 * box);
      }
    }
    return withoutIgnored(target, boxes, assign(overlap, objects, count));
  }

  /** Assigns from overlaps [objects, count]. */
  int[] assign(float[] overlap, int objects, int count) {
    int[] best = new int[count];
    float[] bestOverlap = new float[count];
    Arrays.fill(bestOverlap, -1);
    for (int object = 0; object < objects; object++) {
      for (int box = 0; box < count; box++) {
        float value = overlap[object * count + box];
        if (value > bestOverlap[box]) {
          bestOverlap[box] = value;
          best[box] = object;
        }
      }
    }
    int[] match = new int[count];
    for (int box = 0; box < count; box++) {
      match[box] =
          bestOverlap[box] >= high ? best[box] : bestOverlap[box] < low ? BACKGROUND : BETWEEN;
    }
    if (keepBestOfEach) {
      restoreBest(overlap, objects, count, best, match);
    }
    return match;
  }

  /** A restored box goes to its own best object, which need not be the one that asked. */
  private static void restoreBest(
      float[] overlap, int objects, int count, int[] best, int[] match) {
    for (int object = 0; object < objects; object++) {
      float highest = 0;
      for (int box = 0; box < count; box++) {
        highest = Math.max(highest, overlap[object * count + box]);
      }
      for (int box = 0; box < count; box++) {
        if (overlap[object * count + box] == highest) {
          match[box] = best[box];
        }
      }
    }
  }

  private static int[] withoutIgnored(DetectionTarget target, float[] boxes, int[] match) {
    for (int region = 0; region < target.ignored().length; region += 4) {
      for (int box = 0; box < match.length; box++) {
        if (match[box] == BACKGROUND
            && intersection(target.ignored(), region, boxes, 4 * box)
                > MOSTLY * area(boxes, 4 * box)) {
          match[box] = BETWEEN;
        }
      }
    }
    return match;
  }

  private static float iou(float[] a, int i, float[] b, int j) {
    float intersection = intersection(a, i, b, j);
    return intersection == 0 ? 0 : intersection / (area(a, i) + area(b, j) - intersection);
  }

  private static float intersection(float[] a, int i, float[] b, int j) {
    float width = Math.min(a[i + 2], b[j + 2]) - Math.max(a[i], b[j]);
    float height = Math.min(a[i + 3], b[j + 3]) - Math.max(a[i + 1], b[j + 1]);
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  private static float area(float[] box, int at) {
    return (box[at + 2] - box[at]) * (box[at + 3] - box[at + 1]);
  }
}
