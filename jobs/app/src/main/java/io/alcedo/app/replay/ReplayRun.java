package io.alcedo.app.replay;

import io.alcedo.app.local.CheckpointFolder;
import io.alcedo.app.local.LocalCluster;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.kafka.TopicRange;
import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.Recorded;
import io.alcedo.jobs.Replay;
import io.alcedo.jobs.ReplayJob;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.function.Consumer;

/**
 * A replay from its first to its last line: the job in a cluster in this JVM, over the topics of
 * another cluster, or over a file through a broker in this JVM.
 */
public final class ReplayRun {
  private static final String JOB = "replay";

  private final ReplayPlan plan;
  private final Replay replay;

  public ReplayRun(ReplayPlan plan) {
    this.plan = plan;
    this.replay = plan.replay();
  }

  /**
   * Runs to the end.
   *
   * @param progress is told how far it has come
   * @throws InvalidInputException if there is nothing to replay, or it cannot be read
   */
  public ReplayCounts run(Consumer<String> progress) throws Exception {
    if (replay.frames()) {
      // Before anything starts: a job that cannot load its model would restart for ever.
      ModelDirectory.open(plan.models().detector()).require(Task.DETECTION);
      if (plan.models().classifier() != null) {
        ModelDirectory.open(Path.of(plan.models().classifier().model()))
            .require(Task.CLASSIFICATION);
      }
    }
    if (plan.detections() == null) {
      KafkaSettings kafka = plan.pipeline().kafka();
      return run(kafka, replay.range(kafka), progress);
    }
    RecordedLines lines = new RecordedLines(plan.detections());
    try (EmbeddedKafka broker = EmbeddedKafka.start()) {
      KafkaSettings kafka = broker.settings();
      TopicCreator.ensure(kafka, EnumSet.of(Topic.DETECTIONS));
      lines.publish(kafka, replay);
      return run(kafka, TopicRange.whole(kafka, Topic.DETECTIONS), progress);
    }
  }

  private ReplayCounts run(KafkaSettings kafka, TopicRange recorded, Consumer<String> progress)
      throws Exception {
    if (recorded.isEmpty()) {
      throw nothing(kafka);
    }
    Recorded known = plan.known(kafka);
    KafkaSettings results = replay.results(kafka);
    requireUnused(results);
    TopicCreator.ensure(results, replay.resultTopics());
    try (CheckpointFolder checkpoints = new CheckpointFolder();
        LocalCluster cluster = LocalCluster.start(plan.parallelism());
        ReplayOutput output = new ReplayOutput(results, replay.resultTopics(), plan.output())) {
      JobConfig job = plan.job(kafka, checkpoints.uri());
      cluster.submit(
          JOB, job.run(), stages -> ReplayJob.build(stages, job, known, replay, recorded));
      while (!cluster.isFinished(JOB)) {
        output.poll();
        progress.accept(
            "lines %d  alerts %d".formatted(output.counts().lines(), output.counts().alerts()));
      }
      output.finish();
      if (output.counts().lines() == 0) {
        throw nothing(kafka);
      }
      return output.counts();
    }
  }

  /** What two replays say in one topic is nobody's result. */
  private void requireUnused(KafkaSettings results) {
    for (Topic topic : replay.resultTopics()) {
      if (!TopicRange.whole(results, topic).isEmpty()) {
        throw new InvalidInputException(
            "topic %s has the results of an earlier replay '%s'. Give another --name, or delete its topics."
                .formatted(results.topic(topic), replay.name()));
      }
    }
  }

  private InvalidInputException nothing(KafkaSettings kafka) {
    return new InvalidInputException(
        "nothing in topic %s was captured from %s to %s (Kafka at %s). Check the times, which are UTC, and kafka.topicPrefix; records are kept for a limited time."
            .formatted(
                kafka.topic(replay.source()), replay.from(), replay.to(), kafka.bootstrap()));
  }
}
