package io.alcedo.training.network;

import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;
import java.util.List;

/**
 * Residual network for 32×32 pictures with a classifying layer (He et al. 2015, section 4.2): 6n +
 * 2 layers, with the names of the published CIFAR-10 checkpoints.
 *
 * @param classes size of the answer
 */
public record CifarResNet(CifarTrunk trunk, int classes) {
  /** Layers of the published networks. */
  public static final List<Integer> DEPTHS = List.of(20, 32, 44, 56, 110);

  public CifarResNet {
    if (classes < 1) {
      throw new IllegalArgumentException("%d classes, expected 1 or more".formatted(classes));
    }
  }

  /** The residual network of 6n + 2 layers with batch norms. */
  public static CifarResNet ofDepth(int depth, int classes) {
    return ofDepth(depth, classes, Norm.batch(""), true);
  }

  /** The network of 6n + 2 layers. */
  public static CifarResNet ofDepth(int depth, int classes, Norm norm, boolean residual) {
    return new CifarResNet(CifarTrunk.ofDepth(depth, 1, norm, residual), classes);
  }

  /**
   * Scores before the softmax.
   *
   * @param image [N, 3, 32, 32], normalised by ImageNet's mean and deviation
   * @return [N, classes]
   */
  public <T> T logits(Ops<T> ops, T image) {
    Linear linear = new Linear("linear", trunk.channels(), classes, CifarTrunk.HE);
    return ops.linear(trunk.pooled(ops, image), linear);
  }
}
