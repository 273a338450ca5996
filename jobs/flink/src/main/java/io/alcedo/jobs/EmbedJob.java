package io.alcedo.jobs;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.embed.EmbedStage;
import java.util.EnumSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code crops ──► embed ─┬─► embeddings}<br>
 * {@code └─► dead-letters}
 */
public final class EmbedJob {
  private EmbedJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(
        config.kafka(),
        EnumSet.of(
            Topic.CROPS,
            Topic.EMBEDDINGS,
            Topic.DEPLOYMENTS,
            Topic.MODELS,
            Topic.MODEL_EVENTS,
            Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " embed");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    FlinkKafka kafka = config.kafkaOf("embed");
    DataStream<Crop> crops =
        environment
            .fromSource(kafka.crops(), WatermarkStrategy.noWatermarks(), "crops")
            .uid("crops-source");
    EmbedStage embedded = EmbedStage.of(crops, config.encoderOptions());
    Sinks.embeddings(embedded.embeddings(), kafka);
    Sinks.deadLetters(embedded.deadLetters(), kafka);
  }
}
