package io.alcedo.operators.continual.publish;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.continual.publish.CandidateGate.Verdict;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.operators.stream.inference.InferenceException;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.evaluation.Retrieval;
import io.alcedo.training.evaluation.Retrieval.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries a candidate on the probe, beside the encoder that serves: both as the models that stages
 * serve with, whoever made them.
 *
 * @param gate what the candidate must do
 * @param threads of one inference
 */
public record CandidateTrial(CandidateGate gate, int threads) {
  /** Crops of a track nearer in time than this are near copies. */
  private static final double GAP_SECONDS = 2;

  /**
   * Judges a candidate; one that gives no vectors is refused.
   *
   * @param probe held-out crops
   * @throws InvalidInputException if the one that serves cannot be opened
   */
  public Verdict run(ModelDirectory candidate, ModelDirectory serving, List<Sample> probe) {
    List<float[]> others = ProbeVectors.of(serving, probe, threads);
    List<float[]> vectors;
    try {
      vectors = ProbeVectors.of(candidate, probe, threads);
    } catch (InvalidInputException | InferenceException e) {
      return CandidateGate.unusable(e.getMessage());
    }
    return gate.judge(retrieval(probe, vectors), retrieval(probe, others), vectors, others);
  }

  private static Retrieval retrieval(List<Sample> probe, List<float[]> vectors) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < probe.size(); i++) {
      Sample sample = probe.get(i);
      items.add(
          new Item(sample.track(), sample.camera(), seconds(sample.captureTime()), vectors.get(i)));
    }
    return Retrieval.of(items, GAP_SECONDS);
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }
}
