package io.alcedo.app.local;

import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.PipelineJob;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM that runs the pipeline. */
final class LocalCluster implements AutoCloseable {
  private final MiniCluster cluster;
  private final JobID pipeline;

  private LocalCluster(MiniCluster cluster, JobID pipeline) {
    this.cluster = cluster;
    this.pipeline = pipeline;
  }

  /** Starts the cluster and submits the job. */
  static LocalCluster start(JobConfig config) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.run().parallelism())
                .withRandomPorts()
                .build());
    cluster.start();
    try {
      StreamExecutionEnvironment environment = config.run().environment();
      PipelineJob.build(environment, config);
      JobID job =
          cluster
              .submitJob(environment.getStreamGraph().getJobGraph())
              .get(1, TimeUnit.MINUTES)
              .getJobID();
      return new LocalCluster(cluster, job);
    } catch (Exception e) {
      cluster.close();
      throw e;
    }
  }

  /**
   * Throws if the pipeline is over.
   *
   * @throws IllegalStateException saying how it ended
   */
  void check() throws InterruptedException, ExecutionException, TimeoutException {
    JobStatus status = cluster.getJobStatus(pipeline).get(10, TimeUnit.SECONDS);
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException("the pipeline ended as " + status + "; see out/alcedo.log");
    }
  }

  @Override
  public void close() throws Exception {
    try {
      cluster.cancelJob(pipeline).get(30, TimeUnit.SECONDS);
    } finally {
      cluster.close();
    }
  }
}
