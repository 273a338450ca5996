package io.alcedo.app.evaluation;

import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.OnnxEncoder;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.evaluation.PlainDescriptor;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.evaluation.Retrieval.Item;
import java.util.ArrayList;
import java.util.List;

/**
 * How well people are found again by vectors of their crops.
 *
 * @param crops whose identities are known
 * @param gap seconds between two crops of the same person that count
 * @param acrossCameras instead of a gap: crops of the same person count by other cameras only
 */
public record RetrievalEvaluation(List<TrackedCrop> crops, double gap, boolean acrossCameras) {

  /** By an encoder, in its serving engine. */
  public Retrieval of(OnnxEncoder encoder, int batchSize) {
    List<float[]> vectors = new ArrayList<>(crops.size());
    try (FrameBatch batch = encoder.newBatch(batchSize)) {
      for (int from = 0; from < crops.size(); from += batchSize) {
        int count = Math.min(batchSize, crops.size() - from);
        for (int i = 0; i < count; i++) {
          Picture picture = crops.get(from + i).picture();
          batch.place(i, picture.rgb(), picture.width(), picture.height());
        }
        vectors.addAll(encoder.run(batch, 0, count));
      }
    }
    return of(vectors);
  }

  /** Without anything learned. */
  public Retrieval of(PlainDescriptor descriptor) {
    return of(crops.stream().map(crop -> descriptor.vector(crop.picture())).toList());
  }

  /**
   * By vectors.
   *
   * @param vectors of the crops, in their order, each of length 1
   */
  public Retrieval of(List<float[]> vectors) {
    List<Item> items = new ArrayList<>(crops.size());
    for (int i = 0; i < crops.size(); i++) {
      TrackedCrop crop = crops.get(i);
      items.add(new Item(crop.identity(), crop.camera(), crop.seconds(), vectors.get(i)));
    }
    return acrossCameras ? Retrieval.acrossCameras(items) : Retrieval.of(items, gap);
  }
}
