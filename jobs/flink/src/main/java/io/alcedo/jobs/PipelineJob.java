package io.alcedo.jobs;

import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.crops.CropStage;
import io.alcedo.operators.stream.detect.DetectionStage;
import io.alcedo.operators.stream.embed.EmbedStage;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@link DetectJob}, {@link StreamJob} and {@link EmbedJob} in one, without Kafka between them.
 *
 * <p>{@code frames ──► detect ──► (appearance) ──► (classify)}<br>
 * {@code ─┬─► re-sequence ──► track ─┬─► tracks}<br>
 * {@code │ ├─► rules ──► alerts}<br>
 * {@code │ ├─► windows ──► analytics}<br>
 * {@code │ └─► (crops) ─┬─► crops}<br>
 * {@code ├─► detections └─► (embed) ──► embeddings}<br>
 * {@code └─► dead-letters, which crops and embed have too}
 */
public final class PipelineJob {
  private PipelineJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(config.kafka(), EnumSet.allOf(Topic.class));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " pipeline");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    FlinkKafka kafka = config.kafkaOf("pipeline");
    DetectionStage detections = DetectJob.detections(environment, kafka, config);
    Sinks.detections(detections.lines(), kafka);
    DataStream<DeadLetter> dead = detections.deadLetters();
    Analysis analysis = StreamJob.analysis(environment, detections.lines(), kafka, config);
    Optional<CropStage> crops = StreamJob.crops(analysis.tracks(), config);
    if (crops.isPresent()) {
      Sinks.crops(crops.get().crops(), kafka);
      dead = dead.union(crops.get().deadLetters());
      if (config.encoder() != null) {
        EmbedStage embedded = EmbedStage.of(crops.get().crops(), config.encoderOptions());
        Sinks.embeddings(embedded.embeddings(), kafka);
        dead = dead.union(embedded.deadLetters());
      }
    }
    Sinks.deadLetters(dead, kafka);
  }
}
