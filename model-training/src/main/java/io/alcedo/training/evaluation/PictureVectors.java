package io.alcedo.training.evaluation;

import io.alcedo.training.data.Picture;
import io.alcedo.training.data.PictureBatch;
import io.alcedo.training.data.PictureSet;
import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.moco.Encoder;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What an encoder makes of pictures, each looked at alone.
 *
 * @param view brings a picture onto the canvas
 */
public record PictureVectors(Encoder encoder, UnaryOperator<Picture> view) {
  private static final int BATCH = 100;

  /**
   * Vectors of pictures with their classes.
   *
   * @param features of the trunk, [N, channels], row-major
   * @param projections of the head, [N, dim], row-major
   * @param labels [N]
   * @param classes number of classes
   */
  public record Looked(float[] features, float[] projections, int[] labels, int classes) {
    /** What a layer gives, [N, …], row-major. */
    public float[] of(EmbeddingLayer layer) {
      return layer == EmbeddingLayer.FEATURES ? features : projections;
    }

    /** What a layer gives, [N][dim], each of length 1. */
    public float[][] unitLength(EmbeddingLayer layer) {
      float[] all = of(layer);
      int dim = dim(layer);
      float[][] rows = new float[labels.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = Arrays.copyOfRange(all, i * dim, (i + 1) * dim);
        double squares = 0;
        for (float value : rows[i]) {
          squares += (double) value * value;
        }
        float length = (float) Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
        for (int d = 0; d < dim; d++) {
          rows[i][d] /= length;
        }
      }
      return rows;
    }

    /** Size of a vector of a layer. */
    public int dim(EmbeddingLayer layer) {
      return labels.length == 0 ? 0 : of(layer).length / labels.length;
    }
  }

  /** Looks at all pictures with these weights. */
  public Looked of(Parameters parameters, PictureSet pictures) {
    int[] labels = new int[pictures.size()];
    Arrays.setAll(labels, pictures::label);
    return of(parameters, pictures::picture, labels, pictures.folder().labels().size());
  }

  /** Vectors of pictures of no class, [N][dim], each of length 1. */
  public float[][] of(Parameters parameters, List<Picture> pictures, EmbeddingLayer layer) {
    return of(parameters, pictures::get, new int[pictures.size()], 1).unitLength(layer);
  }

  private Looked of(
      Parameters parameters, IntFunction<Picture> pictures, int[] labels, int classes) {
    int size = labels.length;
    float[] features = new float[size * encoder.dim(EmbeddingLayer.FEATURES)];
    float[] projections = new float[size * encoder.dim(EmbeddingLayer.HEAD)];
    for (int first = 0; first < size; first += BATCH) {
      int count = Math.min(BATCH, size - first);
      try (PointerScope scope = new PointerScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Encoder.Outputs<Tensor> outputs =
            encoder.lookAtPictures(new TorchOps(parameters, false), batch(pictures, first, count));
        put(outputs.features(), features, first);
        put(outputs.projection(), projections, first);
      }
    }
    return new Looked(features, projections, labels, classes);
  }

  private static void put(Tensor vectors, float[] into, int first) {
    float[] values = Tensors.floats(vectors);
    System.arraycopy(values, 0, into, Math.toIntExact(first * vectors.size(1)), values.length);
  }

  /** [N, H, W, 3] RGB from 0 to 255. */
  private Tensor batch(IntFunction<Picture> pictures, int first, int count) {
    Picture[] views = new Picture[count];
    for (int i = 0; i < count; i++) {
      views[i] = view.apply(pictures.apply(first + i));
    }
    PictureBatch batch = PictureBatch.of(views, new long[views.length]);
    return Tensors.ofUnsigned(batch.pixels(), batch.size(), batch.height(), batch.width(), 3)
        .to(torch.ScalarType.Float);
  }
}
