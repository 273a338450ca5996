package io.alcedo.jobs;

import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.detect.DetectionStage;
import io.alcedo.operators.stream.rules.AlertStage;
import java.util.EnumSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@link DetectJob} and {@link StreamJob} in one, without Kafka between them.
 *
 * <p>{@code frames ──► detect ──► (classify) ─┬─► re-sequence ──► rules ──► alerts}<br>
 * {@code ├─► detections}<br>
 * {@code └─► dead-letters}
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
    Sinks.deadLetters(detections.deadLetters(), kafka);
    Sinks.alerts(AlertStage.of(detections.lines(), config.ruleHistory()), kafka);
  }
}
