package io.alcedo.training.network;

import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Linear;
import io.alcedo.training.ops.Ops;

/**
 * Residual network with a classifying layer (He et al. 2015), with torchvision's names: the trunk,
 * the mean over all positions, and {@code fc}, which begins by PyTorch's default and not by He's
 * rule, as in torchvision.
 *
 * @param classes size of the answer
 */
public record ResNetClassifier(ResNet trunk, int classes) {
  public ResNetClassifier {
    if (classes < 1) {
      throw new IllegalArgumentException("%d classes, expected 1 or more".formatted(classes));
    }
  }

  /**
   * Scores before the softmax.
   *
   * @param image [N, 3, H, W], normalised
   * @return [N, classes]
   */
  public <T> T logits(Ops<T> ops, T image) {
    Linear fc = new Linear("fc", trunk.channels(), classes, Initializer.linearDefault());
    return ops.linear(trunk.pooled(ops, image), fc);
  }
}
