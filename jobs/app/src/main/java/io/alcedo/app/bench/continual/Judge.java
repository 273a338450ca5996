package io.alcedo.app.bench.continual;

import io.alcedo.app.evaluation.RetrievalEvaluation;
import io.alcedo.operators.continual.learn.EncoderWeights;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.evaluation.PictureVectors;
import io.alcedo.training.evaluation.PlainDescriptor;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether people are found again at each place.
 *
 * @param places crops of known people
 */
record Judge(EncoderConfig network, Map<String, List<TrackedCrop>> places) {
  private static final double GAP_SECONDS = 2;

  /** By an encoder with these weights. */
  Map<String, Retrieval> of(Map<String, Entry> weights) {
    Map<String, Retrieval> found = new LinkedHashMap<>();
    int width = network.canvasWidth();
    int height = network.canvasHeight();
    PictureVectors vectors =
        new PictureVectors(
            network.network(),
            picture -> picture.resized(0, 0, picture.width(), picture.height(), width, height));
    try (Parameters parameters = EncoderWeights.load(weights)) {
      places.forEach(
          (place, crops) -> {
            List<Picture> pictures = crops.stream().map(TrackedCrop::picture).toList();
            float[][] rows = vectors.of(parameters, pictures, network.embedding());
            found.put(place, new RetrievalEvaluation(crops, GAP_SECONDS, false).of(List.of(rows)));
          });
    }
    return found;
  }

  /** Without anything learned. */
  Map<String, Retrieval> of(PlainDescriptor descriptor) {
    Map<String, Retrieval> found = new LinkedHashMap<>();
    places.forEach(
        (place, crops) ->
            found.put(place, new RetrievalEvaluation(crops, GAP_SECONDS, false).of(descriptor)));
    return found;
  }
}
