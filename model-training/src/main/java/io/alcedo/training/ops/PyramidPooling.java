package io.alcedo.training.ops;

import java.util.ArrayList;
import java.util.List;

/**
 * Pools each region from the pyramid level that fits its size (Lin et al. 2017, equation 1): k = ⌊4
 * + log₂(√area ÷ s)⌋, between P2 and P5.
 *
 * @param levelScale s, px
 * @param scales of the levels P2 to P5 over the canvas
 */
public record PyramidPooling(int levelScale, List<Double> scales) {
  private static final int CANONICAL_LEVEL = 4;
  private static final int FIRST_LEVEL = 2;
  private static final int SAMPLING_RATIO = 2;
  private static final float LEVEL_EPS = 1e-6f;

  /** Of a canvas on which a level's size divides without rest. */
  public static PyramidPooling of(int levelScale) {
    return new PyramidPooling(levelScale, List.of(0.25, 0.125, 0.0625, 0.03125));
  }

  /**
   * Pools every region: the regions of each level by themselves, then back into their order.
   *
   * @param levels P2 to P5 (more are ignored), [N, C, h, w]
   * @param rois [R, 4] px of the canvas
   * @param image [R] int64
   * @return [R, C, size, size] in the order of the regions
   */
  <T> T pool(Ops<T> ops, List<T> levels, T rois, T image, int size) {
    T level = levelOf(ops, rois); // [R]
    List<T> pooled = new ArrayList<>();
    List<T> places = new ArrayList<>();
    for (int i = 0; i < scales.size(); i++) {
      T members = ops.nonZero(ops.equal(level, ops.constant(new long[] {i}))); // [r]
      RoiAlign align = new RoiAlign(size, SAMPLING_RATIO, scales.get(i));
      pooled.add(
          ops.roiAlign(
              levels.get(i), ops.gather(rois, members), ops.gather(image, members), align));
      places.add(members);
    }
    T place = ops.concat(places, 0); // [R] where each pooled row belongs
    T order = ops.range(ops.size(place, 0));
    return ops.gather(ops.concat(pooled, 0), ops.scatter(order, place, order));
  }

  /** Index of each region's level, int64 [R]; a box that is not a number belongs to the lowest. */
  <T> T levelOf(Ops<T> ops, T rois) {
    T width = ops.sub(ops.slice(rois, 1, 2, 3), ops.slice(rois, 1, 0, 1));
    T height = ops.sub(ops.slice(rois, 1, 3, 4), ops.slice(rois, 1, 1, 2));
    T side = ops.reshape(ops.sqrt(ops.mul(width, height)), -1); // [R]
    T octaves =
        ops.mul(
            ops.log(ops.div(side, ops.constant(new float[] {levelScale}))),
            ops.constant(new float[] {(float) (1 / Math.log(2))}));
    float base = CANONICAL_LEVEL - FIRST_LEVEL;
    T level = ops.floor(ops.add(octaves, ops.constant(new float[] {base + LEVEL_EPS})));
    T lowest = ops.constant(new float[] {0});
    T bounded = ops.min(level, ops.constant(new float[] {scales.size() - 1}));
    return ops.toLong(ops.where(ops.greaterOrEqual(bounded, lowest), bounded, lowest));
  }
}
