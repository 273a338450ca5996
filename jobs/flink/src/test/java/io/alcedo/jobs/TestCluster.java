package io.alcedo.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A real Flink cluster in this JVM, of one TaskManager that can be lost. It takes seconds to start,
 * so all tests have the same one, after each other; closing ends a test's jobs.
 */
final class TestCluster implements AutoCloseable {
  private static final int SLOTS = 6;

  private static MiniCluster shared;
  private static int taskManager; // the number of the one that lives: Flink counts them all

  private final MiniCluster cluster;
  private final List<JobID> jobs = new ArrayList<>();

  TestCluster() throws Exception {
    cluster = shared();
  }

  private static synchronized MiniCluster shared() throws Exception {
    if (shared == null) {
      shared =
          new MiniCluster(
              new MiniClusterConfiguration.Builder()
                  .setNumTaskManagers(1)
                  .setNumSlotsPerTaskManager(SLOTS)
                  .withRandomPorts()
                  .build());
      shared.start();
      Runtime.getRuntime().addShutdownHook(new Thread(TestCluster::stop, "stop-cluster"));
    }
    return shared;
  }

  private static void stop() {
    var unused = shared.closeAsync().join();
  }

  /** Submits a job whose stages are added to an environment of these settings. */
  JobID submit(RunConfig run, Consumer<StreamExecutionEnvironment> stages) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.getExecutionEnvironment(run.configuration());
    stages.accept(environment);
    JobID job =
        cluster
            .submitJob(environment.getStreamGraph().getJobGraph())
            .get(30, TimeUnit.SECONDS)
            .getJobID();
    jobs.add(job);
    return job;
  }

  /** Loses the TaskManager, whatever it was doing, and gets another. */
  void loseTaskManager() throws Exception {
    cluster.terminateTaskManager(taskManager++).get(30, TimeUnit.SECONDS);
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

  /** Ends the jobs that go on, and waits until nothing of them is left. */
  @Override
  public void close() throws Exception {
    for (JobID job : jobs) {
      if (!cluster.getJobStatus(job).get(10, TimeUnit.SECONDS).isGloballyTerminalState()) {
        var unused = cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
      }
    }
    for (JobID job : jobs) {
      var unused = cluster.requestJobResult(job).get(30, TimeUnit.SECONDS);
    }
  }
}
