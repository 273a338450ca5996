package io.alcedo.training.train;

import java.time.Duration;

/**
 * What else makes a run what it is.
 *
 * @param batchSize pictures a step
 * @param seed of everything random
 * @param threads of libtorch; part of what makes a run repeatable
 * @param loaders threads that prepare batches
 * @param checkpointEvery how often the run is saved
 */
public record RunConfig(
    Integer batchSize, Long seed, Integer threads, Integer loaders, Duration checkpointEvery) {
  public RunConfig {
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors());
    batchSize = Checked.atLeast("batchSize", batchSize, 8, 1);
    seed = seed == null ? 1 : seed;
    threads = Checked.atLeast("threads", threads, processors, 1);
    loaders = Checked.atLeast("loaders", loaders, Math.max(1, processors / 2), 1);
    checkpointEvery = checkpointEvery == null ? Duration.ofMinutes(3) : checkpointEvery;
  }
}
