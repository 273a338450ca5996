package io.alcedo.app.local;

import io.alcedo.jobs.RunConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM. */
public final class LocalCluster implements AutoCloseable {
  /** What is under way when a job is drained: an inference that times out takes a minute. */
  private static final Duration DRAIN = Duration.ofMinutes(5);

  private final MiniCluster cluster;
  private final Map<String, JobID> running = new LinkedHashMap<>();

  private LocalCluster(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts one without jobs. */
  public static LocalCluster start(int slots) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    cluster.start();
    return new LocalCluster(cluster);
  }

  /**
   * Submits a job.
   *
   * @param name for people
   * @param stages adds its stages to an environment
   */
  public void submit(String name, RunConfig run, Consumer<StreamExecutionEnvironment> stages)
      throws Exception {
    StreamExecutionEnvironment environment = run.environment();
    stages.accept(environment);
    running.put(
        name,
        cluster
            .submitJob(environment.getStreamGraph().getJobGraph())
            .get(1, TimeUnit.MINUTES)
            .getJobID());
  }

  /**
   * Throws if a job is over.
   *
   * @throws IllegalStateException saying how it ended
   */
  public void check() throws InterruptedException, ExecutionException, TimeoutException {
    for (Map.Entry<String, JobID> job : running.entrySet()) {
      JobStatus status = status(job.getValue());
      if (status.isGloballyTerminalState()) {
        throw new IllegalStateException(
            "the %s ended as %s; see out/alcedo.log".formatted(job.getKey(), status));
      }
    }
  }

  /**
   * Whether a job that ends by itself has done so.
   *
   * @throws IllegalStateException if it ended in another way, saying how
   */
  public boolean isFinished(String name)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (status(running.get(name)) != JobStatus.FINISHED) {
      check();
      return false;
    }
    running.remove(name);
    return true;
  }

  private JobStatus status(JobID job)
      throws InterruptedException, ExecutionException, TimeoutException {
    return cluster.getJobStatus(job).get(10, TimeUnit.SECONDS);
  }

  /**
   * Ends a job in order: it takes nothing in any more, all that is under way comes out and is
   * committed.
   *
   * @param folder URI that receives its last state
   */
  void drain(String name, String folder)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!drain(name, folder, DRAIN)) {
      throw new IllegalStateException(
          "the %s did not end within %d s; see out/alcedo.log".formatted(name, DRAIN.toSeconds()));
    }
  }

  /**
   * Ends a job in order, if it can be done in time.
   *
   * @param patience after which what is under way is given up
   * @return whether it ended in order
   */
  boolean drain(String name, String folder, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    JobID job = running.remove(name);
    try {
      var unused =
          cluster
              .stopWithSavepoint(job, folder, true, SavepointFormatType.CANONICAL)
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      var unused = cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    try {
      for (JobID job : running.values()) {
        cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
      }
    } finally {
      cluster.close();
    }
  }
}
