package io.alcedo.training.network;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Feature pyramid (Lin et al. 2017, section 3): 1×1 laterals, nearest-neighbour top-down sums, 3×3
 * smoothing, and a coarsest level by subsampling, which the RPN alone uses.
 *
 * @param in channels of C2 to C5
 * @param channels of every level
 * @param normalized batch norms instead of biases
 */
public record FeaturePyramid(List<Integer> in, int channels, boolean normalized) {
  private static final Initializer INIT = Initializer.heUniform(1);

  /**
   * The pyramid.
   *
   * @param stages C2 to C5
   * @param sizes height and width of each stage, px
   * @return P2 to P5 and the pooled P6, each [N, channels, h, w]
   */
  public <T> List<T> features(Ops<T> ops, List<T> stages, List<int[]> sizes) {
    int top = stages.size() - 1;
    T inner = lateral(ops, stages.get(top), top);
    List<T> levels = new ArrayList<>();
    levels.add(smooth(ops, inner, top));
    for (int i = top - 1; i >= 0; i--) {
      T coarser = ops.upsample(inner, sizes.get(i)[0], sizes.get(i)[1]);
      inner = ops.join(lateral(ops, stages.get(i), i), coarser);
      levels.add(smooth(ops, inner, i));
    }
    Collections.reverse(levels);
    levels.add(ops.maxPool(levels.get(top), 1, 2, 0));
    return levels;
  }

  private <T> T lateral(Ops<T> ops, T x, int level) {
    Conv conv = Conv.same("0", in.get(level), channels, 1, 1, INIT);
    return ops.scope("inner_blocks." + level, () -> unit(ops, x, conv));
  }

  private <T> T smooth(Ops<T> ops, T x, int level) {
    Conv conv = Conv.same("0", channels, channels, 3, 1, INIT);
    return ops.scope("layer_blocks." + level, () -> unit(ops, x, conv));
  }

  private <T> T unit(Ops<T> ops, T x, Conv conv) {
    return normalized ? ops.convNorm(x, conv, Norm.batch("1")) : ops.conv(x, conv.withBias());
  }
}
