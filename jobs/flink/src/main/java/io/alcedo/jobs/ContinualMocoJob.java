package io.alcedo.jobs;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.continual.ContinualStage;
import java.util.EnumSet;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code crops ──► learn ─┬─► model-events}<br>
 * {@code ├─► dead-letters}<br>
 * {@code └─► registry: models, deployments}
 *
 * <p>A job of its own, with slots and checkpoints of its own, so that detection never waits for
 * learning.
 */
public final class ContinualMocoJob {
  private ContinualMocoJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    ContinualMocoConfig config = ContinualMocoConfig.fromArguments(arguments);
    TopicCreator.ensure(
        config.kafka(),
        EnumSet.of(
            Topic.CROPS, Topic.MODELS, Topic.DEPLOYMENTS, Topic.MODEL_EVENTS, Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " continual moco");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, ContinualMocoConfig config) {
    FlinkKafka kafka = new FlinkKafka(config.kafka(), config.group());
    DataStream<Crop> crops =
        environment
            .fromSource(kafka.crops(), WatermarkStrategy.noWatermarks(), "crops")
            .uid("crops-source");
    ContinualStage learning =
        ContinualStage.of(
            crops, config.learner().text(), config.registry().settings(config.kafka()));
    Sinks.modelEvents(learning.events(), kafka);
    Sinks.deadLetters(learning.deadLetters(), kafka);
  }
}
