package io.alcedo.training.moco;

import io.alcedo.training.network.Pixels;
import io.alcedo.training.network.Trunk;
import io.alcedo.training.ops.Norm;
import io.alcedo.training.ops.Ops;

/**
 * A network that gives a picture a vector: trunk and head, with the names of the published MoCo
 * checkpoints once their {@code module.encoder_q.} or {@code module.base_encoder.} is taken off.
 *
 * @param head what comes after the trunk
 * @param norm of a projector's layers; the name is not used
 */
public record Encoder(Trunk trunk, HeadConfig head, Norm norm) {
  /** Least squared length by which a vector is divided: that of PyTorch's {@code normalize}. */
  private static final float LEAST_SQUARE = 1e-24f;

  /** What the trunk and the head give. */
  public record Outputs<T>(T features, T projection) {
    /** What a layer gives. */
    public T of(EmbeddingLayer layer) {
      return layer == EmbeddingLayer.FEATURES ? features : projection;
    }
  }

  /** Size of the vector that a layer gives. */
  public int dim(EmbeddingLayer layer) {
    return layer == EmbeddingLayer.FEATURES ? trunk.channels() : projectionHead().dim();
  }

  /**
   * Looks at pictures.
   *
   * @param image [N, 3, H, W], normalised by ImageNet's mean and deviation
   * @return features [N, channels] and their projection [N, dim], of any length
   */
  public <T> Outputs<T> look(Ops<T> ops, T image) {
    T features = trunk.pooled(ops, image); // [N, channels]
    return new Outputs<>(features, projectionHead().project(ops, features));
  }

  /**
   * Looks at decoded pictures.
   *
   * @param pictures [N, H, W, 3] RGB from 0 to 255 as float
   */
  public <T> Outputs<T> lookAtPictures(Ops<T> ops, T pictures) {
    return look(ops, Pixels.normalize(ops, pictures));
  }

  /**
   * Vectors of length 1.
   *
   * @param x [N, dim]; a vector of zeros stays one
   */
  public static <T> T unitLength(Ops<T> ops, T x) {
    T square = ops.reduceSum(ops.mul(x, x), 1); // [N]
    T least = ops.constant(new float[] {LEAST_SQUARE}, 1);
    // The maximum is inside the root, whose slope at 0 would make the gradient NaN.
    return ops.div(x, ops.unsqueeze(ops.sqrt(ops.max(square, least)), 1));
  }

  private ProjectionHead projectionHead() {
    return new ProjectionHead(head, trunk.channels(), norm);
  }
}
