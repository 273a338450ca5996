package io.alcedo.training.classification;

import io.alcedo.training.network.Pixels;
import io.alcedo.training.ops.Ops;

/** A network that tells what a picture shows. */
@FunctionalInterface
public interface Classifier {
  /**
   * Scores before the softmax.
   *
   * @param image [N, 3, H, W], normalised by ImageNet's mean and deviation
   * @return [N, classes]
   */
  <T> T logits(Ops<T> ops, T image);

  /**
   * Scores of decoded pictures.
   *
   * @param pictures [N, H, W, 3] RGB from 0 to 255 as float
   * @return [N, classes]
   */
  default <T> T pictureLogits(Ops<T> ops, T pictures) {
    return logits(ops, Pixels.normalize(ops, pictures));
  }
}
