package io.alcedo.jobs;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.crops.CropStage;
import io.alcedo.operators.stream.rules.AlertStage;
import io.alcedo.operators.stream.sequence.SequenceStage;
import io.alcedo.operators.stream.track.TrackStage;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code detections ──► re-sequence ─┬─► rules ──► alerts}<br>
 * {@code └─► track ──► (crops) ─┬─► crops}<br>
 * {@code └─► dead-letters}
 */
public final class StreamJob {
  private StreamJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(
        config.kafka(),
        EnumSet.of(Topic.DETECTIONS, Topic.ALERTS, Topic.CROPS, Topic.DEAD_LETTERS));
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
    Sinks.alerts(AlertStage.of(ordered, config.ruleHistory()), kafka);
    crops(ordered, config)
        .ifPresent(
            crops -> {
              Sinks.crops(crops.crops(), kafka);
              Sinks.deadLetters(crops.deadLetters(), kafka);
            });
  }

  /** From lines in order to crops, if they are asked for: the part that PipelineJob shares. */
  static Optional<CropStage> crops(DataStream<DetectionLine> ordered, JobConfig config) {
    KafkaSettings kafka = config.kafka();
    return config
        .cropSelection()
        .map(
            selection ->
                CropStage.of(TrackStage.of(ordered), selection, () -> new KafkaFrameStore(kafka)));
  }
}
