package io.alcedo.operators.continual.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Crop;
import io.alcedo.operators.continual.fixture.People;
import io.alcedo.operators.continual.learn.ContinualConfig;
import io.alcedo.operators.continual.learn.ContinualLearner;
import io.alcedo.operators.continual.publish.CandidateGate.Verdict;
import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.checkpoint.Safetensors.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateTrialTest {
  /** Lets everything through that can be let through. */
  private static final CandidateTrial LENIENT = new CandidateTrial(new CandidateGate(1, 0, 1), 1);

  @TempDir Path directory;

  private static ContinualConfig config(int seed) {
    return YamlReader.parse(
        """
        network: {depth: 10, width: 0.25, norm: group, head: {kind: mlp, dim: 16}, canvasWidth: 32, canvasHeight: 64}
        seed: %d
        """
            .formatted(seed),
        "test",
        ContinualConfig.class);
  }

  @Test
  void anEncoderIsAsGoodAsItself() throws IOException {
    ModelDirectory model = export(weights(1));

    Verdict verdict = LENIENT.run(model, model, probe());

    assertThat(verdict.passes()).isTrue();
    assertThat(verdict.figures().get("recall"))
        .isPositive()
        .isEqualTo(verdict.figures().get("servingRecall"));
    assertThat(verdict.figures().get("drift")).isCloseTo(0, within(1e-5));
    assertThat(verdict.figures().get("queries")).isEqualTo(24);
  }

  @Test
  void comparesWithTheOneThatServes() throws IOException {
    Verdict verdict = LENIENT.run(export(weights(1)), export(weights(2)), probe());

    assertThat(verdict.figures().get("drift")).as("two spaces").isGreaterThan(1e-3);
  }

  @Test
  void refusesWeightsThatAreNotNumbers() throws IOException {
    for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      Map<String, Entry> weights = new LinkedHashMap<>(weights(1));
      weights.replaceAll((name, entry) -> broken(entry, broken));

      Verdict verdict = LENIENT.run(export(weights), export(weights(1)), probe());

      assertThat(verdict.passes()).isFalse();
      assertThat(verdict.reason()).contains("cannot serve", "a vector of length NaN");
    }
  }

  @Test
  void refusesVectorsOfAnotherSizeThanStagesExpect() throws IOException {
    ModelDirectory foreign = ModelDirectory.open(TinyEncoder.write(directory.resolve("tiny"), 0));

    Verdict verdict = LENIENT.run(export(weights(1)), foreign, probe());

    assertThat(verdict.passes()).isFalse();
    assertThat(verdict.reason())
        .startsWith("gives vectors of 128 dimensions, the one that serves those of 3");
  }

  private static Entry broken(Entry entry, float value) {
    float[] floats = entry.floats();
    floats[0] = value;
    return Entry.of(floats, entry.shape());
  }

  private static Map<String, Entry> weights(int seed) {
    try (ContinualLearner learner = new ContinualLearner(config(seed))) {
      return learner.candidate();
    }
  }

  private ModelDirectory export(Map<String, Entry> weights) throws IOException {
    Path folder = directory.resolve("model" + System.nanoTime());
    var unused = CandidateExport.of(config(1)).write(weights, Map.of(), folder);
    return ModelDirectory.open(folder);
  }

  /** Eight people, three times each, far enough apart in time. */
  private static List<Sample> probe() {
    List<Sample> probe = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Crop crop = People.crop(i % 8, 30 * i);
      probe.add(
          new Sample(
              crop.id(), crop.frame().camera(), crop.track(), crop.captureTime(), crop.jpeg()));
    }
    return probe;
  }
}
