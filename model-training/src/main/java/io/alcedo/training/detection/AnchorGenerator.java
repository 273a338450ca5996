package io.alcedo.training.detection;

import java.util.List;

/**
 * Reference boxes of the RPN (Ren et al. 2015, section 3.1.1): one size a pyramid level, several
 * ratios of height to width, centred on the corners of the grid cells.
 *
 * @param sizes side of the square anchor of each level, px of the canvas
 * @param ratios height ÷ width
 */
public record AnchorGenerator(List<Integer> sizes, List<Double> ratios) {
  /** Anchors at one place of a level. */
  public int perCell() {
    return ratios.size();
  }

  /**
   * Anchors of one level in the order row, column, ratio.
   *
   * @param height of the feature map
   * @param width of the feature map
   * @param canvasHeight px
   * @param canvasWidth px
   * @return [height·width·perCell, 4] x1, y1, x2, y2
   */
  public float[] level(int level, int height, int width, int canvasHeight, int canvasWidth) {
    // The stride is what the sizes say, not a power of two: odd canvases have odd strides.
    int strideY = canvasHeight / height;
    int strideX = canvasWidth / width;
    float[][] base = base(sizes.get(level));
    float[] anchors = new float[height * width * base.length * 4];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (float[] box : base) {
          anchors[at++] = x * strideX + box[0];
          anchors[at++] = y * strideY + box[1];
          anchors[at++] = x * strideX + box[2];
          anchors[at++] = y * strideY + box[3];
        }
      }
    }
    return anchors;
  }

  /** Anchors around the origin, rounded half to even as torchvision does. */
  private float[][] base(int size) {
    float[][] base = new float[ratios.size()][];
    for (int i = 0; i < base.length; i++) {
      float heightRatio = (float) Math.sqrt(ratios.get(i));
      float w = 1 / heightRatio * size;
      float h = heightRatio * size;
      base[i] =
          new float[] {
            (float) Math.rint(-w / 2),
            (float) Math.rint(-h / 2),
            (float) Math.rint(w / 2),
            (float) Math.rint(h / 2)
          };
    }
    return base;
  }
}
