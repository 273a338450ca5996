package io.alcedo.app.bench.continual;

import io.alcedo.app.crops.CropsConfig;
import io.alcedo.operators.continual.learn.ContinualConfig;
import java.util.List;
import java.util.Map;

/**
 * What is compared on which crops, from a YAML file. Paths are relative to its folder.
 *
 * @param weights of the encoder that was trained offline, which all arms but the first begin with
 * @param learner as in a job's YAML; kind of memory, seed and weights are the arms'
 * @param seeds of the arms that learn
 * @param judgeEvery so many updates, and after each phase; default 100
 * @param stream phases in the order of time: what cameras see, found by the detector
 * @param validation people whose identity is known, by place; methods are chosen on them
 * @param test the same, looked at once
 */
public record ContinualBenchConfig(
    String weights,
    ContinualConfig learner,
    List<Long> seeds,
    Integer judgeEvery,
    List<Phase> stream,
    Map<String, CropsConfig> validation,
    Map<String, CropsConfig> test) {

  /**
   * A part of the stream.
   *
   * @param name of the phase; validation has a place of this name
   * @param crops where they come from
   */
  public record Phase(String name, CropsConfig crops) {
    public Phase {
      require(
          name != null && name.matches("[a-z0-9-]{1,32}"),
          "name is '%s', expected small letters, digits and '-'".formatted(name));
      require(crops != null, "crops is missing, expected sources");
    }
  }

  public ContinualBenchConfig {
    require(weights != null, "weights is missing, expected a safetensors file");
    require(learner != null, "learner is missing, expected a block with network");
    seeds = seeds == null ? List.of(1L, 2L, 3L) : List.copyOf(seeds);
    require(!seeds.isEmpty(), "seeds is empty, expected one or more");
    judgeEvery = judgeEvery == null ? 100 : judgeEvery;
    require(judgeEvery >= 1, "judgeEvery is %d, expected 1 or more".formatted(judgeEvery));
    require(stream != null && !stream.isEmpty(), "stream is missing, expected a list of phases");
    stream = List.copyOf(stream);
    require(validation != null, "validation is missing, expected crops by place");
    require(test != null, "test is missing, expected crops by place");
    for (Phase phase : stream) {
      require(
          validation.containsKey(phase.name()) && test.containsKey(phase.name()),
          "validation and test have no place '%s', which is a phase of the stream"
              .formatted(phase.name()));
    }
    require(
        validation.size() == stream.size() && test.size() == stream.size(),
        "validation and test have other places than the stream's phases");
  }

  /** Names of the phases and places, in the order of time. */
  List<String> places() {
    return stream.stream().map(Phase::name).toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
