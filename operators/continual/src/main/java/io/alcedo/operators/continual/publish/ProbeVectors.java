package io.alcedo.operators.continual.publish;

import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxEncoder;
import io.alcedo.training.data.Picture;
import java.util.ArrayList;
import java.util.List;

/** What an encoder makes of the probe, in the engine in which it serves. */
final class ProbeVectors {
  private static final int BATCH = 64;

  private ProbeVectors() {}

  /**
   * Vectors of length 1, in the order of the crops.
   *
   * @throws io.alcedo.connectors.InvalidInputException if the model cannot be opened
   * @throws io.alcedo.operators.stream.inference.InferenceException if it gives what is no vector
   */
  static List<float[]> of(ModelDirectory model, List<Sample> probe, int threads) {
    EngineOptions options = new EngineOptions(Device.CPU, threads, true);
    List<float[]> vectors = new ArrayList<>(probe.size());
    try (OnnxEncoder encoder = OnnxEncoder.open(model, options, threads, BATCH);
        FrameBatch batch = encoder.newBatch(BATCH)) {
      for (int from = 0; from < probe.size(); from += BATCH) {
        int count = Math.min(BATCH, probe.size() - from);
        for (int i = 0; i < count; i++) {
          Sample crop = probe.get(from + i);
          Picture picture = Picture.decode(crop.jpeg(), crop.id());
          batch.place(i, picture.rgb(), picture.width(), picture.height());
        }
        vectors.addAll(encoder.run(batch, 0, count));
      }
    }
    return vectors;
  }
}
