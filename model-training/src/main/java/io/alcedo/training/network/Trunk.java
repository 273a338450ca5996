package io.alcedo.training.network;

import io.alcedo.training.ops.Ops;

/** A convolutional network without the layers that are of one task. */
public interface Trunk {
  /**
   * The mean over all positions of its last feature map.
   *
   * @param image [N, 3, H, W], normalised by ImageNet's mean and deviation
   * @return [N, channels]
   */
  <T> T pooled(Ops<T> ops, T image);

  /** Size of a feature vector. */
  int channels();
}
