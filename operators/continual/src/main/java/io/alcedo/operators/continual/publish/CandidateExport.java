package io.alcedo.operators.continual.publish;

import io.alcedo.connectors.model.ModelManifest;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.EncoderWeights;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.export.EncoderExporter;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.ops.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a learner's encoders as they serve. The same weights give the same bytes, and so the same
 * version.
 *
 * @param network shape of all of them
 * @param name of their versions
 */
public record CandidateExport(EncoderConfig network, String name) {
  private static final String LICENCE = "Apache-2.0";

  /** Of the encoders of a learner. */
  public static CandidateExport of(ContinualConfig learner) {
    return new CandidateExport(learner.network(), learner.name());
  }

  /**
   * Writes a model directory.
   *
   * @param provenance facts for the manifest
   */
  public ModelManifest write(
      Map<String, Entry> weights, Map<String, String> provenance, Path directory)
      throws IOException {
    try (Parameters parameters = EncoderWeights.load(weights)) {
      return new EncoderExporter(network, true)
          .write(directory, name, LICENCE, parameters, provenance);
    }
  }
}
