package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraPublisher;
import io.alcedo.connectors.camera.VideoFileSource;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.jobs.InferenceConfig;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.PipelineJob;
import io.alcedo.jobs.RunConfig;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Broker, cluster, cameras and pipeline in this JVM, from the first frame of some videos to the
 * last line about them.
 *
 * @param model a model directory
 * @param videos files; the camera is named after the file
 * @param rules what raises alerts
 * @param inference how the model runs
 * @param output receives detections.jsonl, alerts.jsonl and annotated videos
 */
public record BoundedRun(
    Path model, List<Path> videos, List<RuleSpec> rules, InferenceConfig inference, Path output) {
  private static final Instant FILE_START = Instant.parse("2000-01-01T00:00:00Z");
  private static final int JPEG_QUALITY = 92;

  /** A video under the name of its camera. */
  private record Camera(CameraPublisher publisher, VideoFileSource source) {}

  /**
   * Runs to the end.
   *
   * @throws InvalidInputException if a video or the model cannot be used
   */
  public Accounting run(RunListener listener) throws Exception {
    // Before anything starts: a job that cannot load its model would restart for ever.
    ModelDirectory.open(model);
    List<Camera> cameras = open();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        MiniCluster cluster = startCluster()) {
      KafkaSettings settings = kafka.settings();
      TopicCreator.ensure(settings, EnumSet.allOf(Topic.class));
      JobID job = submit(cluster, settings);
      List<CompletableFuture<Void>> publishing = new ArrayList<>();
      for (Camera camera : cameras) {
        publishing.add(
            CompletableFuture.runAsync(
                () -> camera.publisher().publish(camera.source(), settings), threads));
      }
      try (RunOutput results = new RunOutput(settings, output, rates(cameras), rules)) {
        while (!results.isComplete(cameras.size())) {
          results.poll();
          check(publishing);
          check(cluster, job);
          listener.progress(
              cameras.stream().mapToLong(camera -> camera.publisher().published()).sum(),
              results.accounting());
        }
        cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
        return results.accounting();
      }
    } finally {
      threads.shutdownNow();
      cameras.forEach(camera -> camera.source().close());
    }
  }

  private List<Camera> open() {
    List<Camera> cameras = new ArrayList<>();
    for (Path video : videos) {
      String name =
          video.getFileName().toString().replaceFirst("\\.[^.]*$", "").replaceAll("[^\\w.-]", "-");
      CameraPublisher publisher =
          new CameraPublisher(
              name, "run", FILE_START, CameraPublisher.Pace.MAX, JPEG_QUALITY, Clock.systemUTC());
      cameras.add(new Camera(publisher, new VideoFileSource(video)));
    }
    return cameras;
  }

  private static Map<String, Double> rates(List<Camera> cameras) {
    Map<String, Double> rates = new HashMap<>();
    for (Camera camera : cameras) {
      rates.put(camera.publisher().camera(), camera.source().framesPerSecond());
    }
    return rates;
  }

  private static MiniCluster startCluster() throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .withRandomPorts()
                .build());
    cluster.start();
    return cluster;
  }

  private JobID submit(MiniCluster cluster, KafkaSettings kafka) throws Exception {
    JobConfig config =
        new JobConfig("alcedo", kafka, model.toString(), inference, RunConfig.DEFAULT, rules);
    StreamExecutionEnvironment environment = config.run().environment();
    PipelineJob.build(environment, config);
    return cluster
        .submitJob(environment.getStreamGraph().getJobGraph())
        .get(1, TimeUnit.MINUTES)
        .getJobID();
  }

  private static void check(List<CompletableFuture<Void>> publishing) throws Exception {
    for (CompletableFuture<Void> camera : publishing) {
      if (camera.isCompletedExceptionally()) {
        try {
          camera.get();
        } catch (ExecutionException e) {
          throw e.getCause() instanceof Exception cause ? cause : e;
        }
      }
    }
  }

  private static void check(MiniCluster cluster, JobID job)
      throws InterruptedException, ExecutionException, TimeoutException {
    JobStatus status = cluster.getJobStatus(job).get(10, TimeUnit.SECONDS);
    if (status.isGloballyTerminalState()) {
      throw new IllegalStateException("the pipeline ended as " + status + "; see out/alcedo.log");
    }
  }
}
