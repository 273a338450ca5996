package io.alcedo.jobs;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.crops.CropStage;
import java.util.EnumSet;
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
            Topic.NOVELTY,
            Topic.RULES,
            Topic.CAMERAS,
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
    DataStream<DetectionLine> lines =
        environment
            .fromSource(kafka.detections(), WatermarkStrategy.noWatermarks(), "detections")
            .uid("detection-lines");
    Analysis analysis = analysis(environment, lines, kafka, config);
    crops(analysis.tracks(), config)
        .ifPresent(
            crops -> {
              Sinks.crops(crops.crops(), kafka);
              Sinks.deadLetters(crops.deadLetters(), kafka);
            });
  }

  /** From lines to tracks, alerts and analytics: the part that PipelineJob shares. */
  static Analysis analysis(
      StreamExecutionEnvironment environment,
      DataStream<DetectionLine> lines,
      FlinkKafka kafka,
      JobConfig config) {
    Control control = Control.of(environment, kafka, config);
    Analysis analysis = Analysis.of(lines, config, control);
    DataStream<TrackedLine> novelty =
        environment
            .fromSource(kafka.novelty(), WatermarkStrategy.noWatermarks(), "novelty")
            .uid("novelty");
    Sinks.tracks(analysis.tracks(), kafka);
    Sinks.alerts(analysis.alerts().union(control.noveltyAlerts(novelty)), kafka);
    Sinks.analytics(analysis.analytics(), kafka);
    return analysis;
  }

  /** From tracks to crops, if they are asked for: the part that PipelineJob shares. */
  static Optional<CropStage> crops(DataStream<TrackedLine> tracks, JobConfig config) {
    KafkaSettings kafka = config.kafka();
    return config
        .cropSelection()
        .map(selection -> CropStage.of(tracks, selection, () -> new KafkaFrameStore(kafka)));
  }
}
