package io.alcedo.jobs;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A real Flink cluster in this JVM, of one TaskManager that can be lost. */
final class TestCluster implements AutoCloseable {
  private final MiniCluster cluster;

  TestCluster() throws Exception {
    this(4);
  }

  TestCluster(int slots) throws Exception {
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
    cluster.start();
  }

  /** Submits a job whose stages are added to an environment of these settings. */
  JobID submit(RunConfig run, Consumer<StreamExecutionEnvironment> stages) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(run.configuration());
    stages.accept(environment);
    return cluster
        .submitJob(environment.getStreamGraph().getJobGraph())
        .get(30, TimeUnit.SECONDS)
        .getJobID();
  }

  /** Loses the TaskManager, whatever it was doing, and gets another. */
  void loseTaskManager() throws Exception {
    cluster.terminateTaskManager(0).get(30, TimeUnit.SECONDS);
    cluster.startTaskManager();
  }

  /** Waits for two more checkpoints of a job: the second began after this call. */
  void awaitCheckpoint(JobID job) throws Exception {
    long before = completed(job);
    while (completed(job) < before + 2) {
      Thread.sleep(50);
    }
  }

  /** Waits for the end of a job that ends by itself. */
  void awaitEnd(JobID job) throws Exception {
    JobResult result = cluster.requestJobResult(job).get(2, TimeUnit.MINUTES);
    if (!result.isSuccess()) {
      throw new AssertionError("the job failed", result.getSerializedThrowable().orElse(null));
    }
  }

  /** How often a job was started again. */
  long restarts(JobID job) throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get(10, TimeUnit.SECONDS)
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfRestoredCheckpoints();
  }

  private long completed(JobID job) throws Exception {
    return cluster
        .getExecutionGraph(job)
        .get(10, TimeUnit.SECONDS)
        .getCheckpointStatsSnapshot()
        .getCounts()
        .getNumberOfCompletedCheckpoints();
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
