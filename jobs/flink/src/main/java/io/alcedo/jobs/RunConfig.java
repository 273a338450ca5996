package io.alcedo.jobs;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The block {@code run} of a job's YAML; every key may be left out.
 *
 * @param parallelism of every stage; default 1. Stages share slots; frames have as many readers as
 *     partitions at most
 * @param checkpointInterval records show to committed readers at checkpoints; default 2s
 * @param checkpointDirectory URI that all processes reach; default: Flink's setting
 * @param restartDelay before the first restart after a failure, growing to a minute; default 1s
 */
public record RunConfig(
    Integer parallelism,
    Duration checkpointInterval,
    String checkpointDirectory,
    Duration restartDelay) {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  public static final RunConfig DEFAULT = new RunConfig(null, null, null, null);

  public RunConfig {
    parallelism = parallelism == null ? 1 : parallelism;
    checkpointInterval = checkpointInterval == null ? Duration.ofSeconds(2) : checkpointInterval;
    restartDelay = restartDelay == null ? Duration.ofSeconds(1) : restartDelay;
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism is %d, expected 1 or more".formatted(parallelism));
    }
    if (checkpointInterval.toMillis() < 100 || checkpointInterval.toMinutes() >= 5) {
      throw new IllegalArgumentException(
          "checkpointInterval is %s, expected 100ms to 5min: a transaction must be committed before the broker ends it"
              .formatted(checkpointInterval));
    }
    if (restartDelay.toMillis() < 1 || restartDelay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException(
          "restartDelay is %s, expected 1ms to 1min".formatted(restartDelay));
    }
  }

  /** An environment of the surrounding cluster with these settings. */
  public StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration());
  }

  /** These settings in Flink's words. */
  public Configuration configuration() {
    Configuration flink = new Configuration();
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true); // events are immutable
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, checkpointInterval);
    // Not for the space: what is not compressed, Flink 2.3 reads back from a file byte by byte
    // (CompressibleFSDataInputStream), half a megabyte of operator state a second.
    flink.set(ExecutionOptions.SNAPSHOT_COMPRESSION, true);
    flink.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    if (checkpointDirectory != null) {
      flink.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpointDirectory);
    }
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    flink.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, restartDelay);
    flink.set(RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_DELAY);
    return flink;
  }
}
