package io.alcedo.jobs;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.analytics.AnalyticsStage;
import io.alcedo.operators.stream.crops.CropStage;
import io.alcedo.operators.stream.rules.AlertStage;
import io.alcedo.operators.stream.rules.RuleRevisions;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.sequence.SequenceStage;
import io.alcedo.operators.stream.track.TrackStage;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code detections ──► re-sequence ──► track ─┬─► tracks}<br>
 * {@code ├─► rules ──► alerts}<br>
 * {@code ├─► windows ──► analytics}<br>
 * {@code └─► (crops) ─┬─► crops}<br>
 * {@code └─► dead-letters}
 */
public final class StreamJob {
  private StreamJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(
        config.kafka(),
        EnumSet.of(
            Topic.DETECTIONS,
            Topic.TRACKS,
            Topic.RULES,
            Topic.ALERTS,
            Topic.ANALYTICS,
            Topic.CROPS,
            Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " stream");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    FlinkKafka kafka = config.kafkaOf("stream");
    DataStream<DetectionLine> ordered =
        SequenceStage.of(
            environment
                .fromSource(kafka.detections(), WatermarkStrategy.noWatermarks(), "detections")
                .uid("detection-lines"));
    DataStream<TrackedLine> tracks = TrackStage.of(ordered, config.tracker());
    Sinks.tracks(tracks, kafka);
    Sinks.alerts(alerts(environment, tracks, kafka, config), kafka);
    Sinks.analytics(AnalyticsStage.of(tracks, config.analytics(), config.sceneHistory()), kafka);
    crops(tracks, config)
        .ifPresent(
            crops -> {
              Sinks.crops(crops.crops(), kafka);
              Sinks.deadLetters(crops.deadLetters(), kafka);
            });
  }

  /** From tracks to alerts: the part that PipelineJob shares. */
  static DataStream<Alert> alerts(
      StreamExecutionEnvironment environment,
      DataStream<TrackedLine> tracks,
      FlinkKafka kafka,
      JobConfig config) {
    DataStream<RuleRevision> revisions =
        environment
            .fromSource(kafka.rules(), WatermarkStrategy.noWatermarks(), "rule revisions")
            .uid("rule-revisions")
            .setParallelism(1);
    return AlertStage.of(tracks, rules(config), config.sceneHistory(), revisions);
  }

  /** Those of the file, and what the topic has already: a job must not begin without them. */
  private static List<RuleSpec> rules(JobConfig config) {
    try (CompactedTopic topic = CompactedTopic.read(config.kafka(), Topic.RULES)) {
      return RuleRevisions.all(config.rules(), RuleRevisions.texts(topic.values()));
    }
  }

  /** From tracks to crops, if they are asked for: the part that PipelineJob shares. */
  static Optional<CropStage> crops(DataStream<TrackedLine> tracks, JobConfig config) {
    KafkaSettings kafka = config.kafka();
    return config
        .cropSelection()
        .map(selection -> CropStage.of(tracks, selection, () -> new KafkaFrameStore(kafka)));
  }
}
