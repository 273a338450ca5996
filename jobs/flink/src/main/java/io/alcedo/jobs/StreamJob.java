package io.alcedo.jobs;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.rules.AlertStage;
import java.util.EnumSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** {@code detections ──► re-sequence ──► rules ──► alerts} */
public final class StreamJob {
  private StreamJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(config.kafka(), EnumSet.of(Topic.DETECTIONS, Topic.ALERTS));
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
    Sinks.alerts(AlertStage.of(lines, config.ruleHistory()), kafka);
  }
}
