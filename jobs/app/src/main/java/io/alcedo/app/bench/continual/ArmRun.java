package io.alcedo.app.bench.continual;

import io.alcedo.connectors.event.Crop;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.learn.ContinualLearner.Step;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import io.alcedo.training.evaluation.Retrieval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Lets an arm see the stream and judges it on the way.
 *
 * @param places names of the phases and places
 * @param every so many updates it is judged
 * @param out is told each time
 */
record ArmRun(Judge judge, List<String> places, int every, PrintWriter out) {

  /**
   * What came of it.
   *
   * @param findings in the order of time
   * @param weights of the encoder that would serve
   */
  record Result(List<Finding> findings, Map<String, Entry> weights) {}

  /**
   * Runs an arm to its end.
   *
   * @param config of its learner
   * @param stream null for an arm that does not learn
   */
  Result run(Arm arm, long seed, ContinualConfig config, BenchStream stream) {
    List<Finding> findings = new ArrayList<>();
    try (ContinualLearner learner = new ContinualLearner(config)) {
      if (stream == null) {
        look(arm, seed, learner, last(), findings);
        return new Result(findings, learner.candidate());
      }
      look(arm, seed, learner, "", findings);
      int phase = 0;
      for (int i = 0; i < stream.crops().size(); i++) {
        Crop crop = stream.crops().get(i);
        Step step = learner.accept(crop, crop.published());
        boolean over = i + 1 == stream.ends().get(phase);
        if (over) {
          look(arm, seed, learner, places.get(phase), findings);
          phase++;
        } else if (step.update() != null && learner.updates() % every == 0) {
          look(arm, seed, learner, "", findings);
        }
      }
      return new Result(findings, learner.candidate());
    }
  }

  private String last() {
    return places.get(places.size() - 1);
  }

  private void look(
      Arm arm, long seed, ContinualLearner learner, String phase, List<Finding> findings) {
    long updates = learner.updates();
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Retrieval> found : judge.of(learner.candidate()).entrySet()) {
      Finding finding =
          Finding.of(arm.code(), seed, updates, phase, found.getKey(), found.getValue());
      findings.add(finding);
      text.append(String.format(Locale.ROOT, "  %s %.3f", finding.place(), finding.map()));
    }
    out.println("%s %d, %d updates, mAP:%s".formatted(arm.code(), seed, updates, text));
    out.flush();
  }
}
