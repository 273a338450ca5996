package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.CameraPublisher;
import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.camera.SessionIds;
import io.alcedo.connectors.camera.VideoOrigin;
import io.alcedo.connectors.camera.VideoSource;
import io.alcedo.connectors.camera.VideoSources;
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
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
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
  /** A video under the name of its camera. */
  private record Camera(String name, VideoOrigin video, double framesPerSecond) {}

  /**
   * Runs to the end.
   *
   * @throws InvalidInputException if a video or the model cannot be used
   */
  public Accounting run(RunListener listener) throws Exception {
    // Before anything starts: a job that cannot load its model would restart for ever.
    ModelDirectory.open(model);
    List<Camera> cameras = look();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        MiniCluster cluster = startCluster()) {
      KafkaSettings settings = kafka.settings();
      TopicCreator.ensure(settings, EnumSet.allOf(Topic.class));
      JobID job = submit(cluster, settings);
      List<CameraPublisher> publishers = publishers(cameras, settings);
      publishers.forEach(CameraPublisher::start);
      try (RunOutput results = new RunOutput(settings, output, rates(cameras), rules)) {
        while (!results.isComplete(cameras.size())) {
          results.poll();
          check(publishers);
          check(cluster, job);
          listener.progress(published(publishers), results.accounting());
        }
        cluster.cancelJob(job).get(30, TimeUnit.SECONDS);
        warnings(publishers).forEach(listener::warning);
        return results.accounting();
      } finally {
        // While there still is a broker that takes the ends of their sessions.
        publishers.forEach(CameraPublisher::close);
      }
    }
  }

  /** Opens each video once, so that one that cannot be used is known before anything starts. */
  private List<Camera> look() {
    List<Camera> cameras = new ArrayList<>();
    for (Path file : videos) {
      String name =
          file.getFileName().toString().replaceFirst("\\.[^.]*$", "").replaceAll("[^\\w.-]", "-");
      VideoOrigin video = VideoSources.file(file);
      try (VideoSource source = video.open()) {
        cameras.add(new Camera(name, video, source.framesPerSecond()));
      }
    }
    return cameras;
  }

  private static List<CameraPublisher> publishers(List<Camera> cameras, KafkaSettings kafka) {
    SecureRandom random = new SecureRandom();
    SessionIds sessions = new SessionIds(Clock.systemUTC(), random);
    return cameras.stream()
        .map(
            camera ->
                new CameraPublisher(
                    CameraSettings.of(camera.name()),
                    camera.video(),
                    kafka,
                    sessions,
                    Clock.systemUTC(),
                    random))
        .toList();
  }

  private static Map<String, Double> rates(List<Camera> cameras) {
    Map<String, Double> rates = new HashMap<>();
    cameras.forEach(camera -> rates.put(camera.name(), camera.framesPerSecond()));
    return rates;
  }

  private static long published(List<CameraPublisher> publishers) {
    return publishers.stream().mapToLong(publisher -> publisher.status().published()).sum();
  }

  private static List<String> warnings(List<CameraPublisher> publishers) {
    return publishers.stream()
        .map(CameraPublisher::status)
        .map(CameraStatus::warning)
        .filter(Objects::nonNull)
        .toList();
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

  private static void check(List<CameraPublisher> publishers) throws Exception {
    for (CameraPublisher publisher : publishers) {
      if (publisher.ended().isCompletedExceptionally()) {
        try {
          CameraStatus unused = publisher.ended().get();
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
