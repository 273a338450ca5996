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
    ContinualMocoConfig.Parsed parsed = ContinualMocoConfig.fromArguments(arguments);
    TopicCreator.ensure(
        parsed.config().kafka(),
        EnumSet.of(
            Topic.CROPS, Topic.MODELS, Topic.DEPLOYMENTS, Topic.MODEL_EVENTS, Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = parsed.config().run().environment();
    build(environment, parsed);
    environment.execute(parsed.config().name() + " continual moco");
  }

  /** Adds the job's stages to an environment. */
  public static void build(
      StreamExecutionEnvironment environment, ContinualMocoConfig.Parsed parsed) {
    ContinualMocoConfig config = parsed.config();
    FlinkKafka kafka = new FlinkKafka(config.kafka(), config.name() + "-continual-moco");
    DataStream<Crop> crops =
        environment
            .fromSource(kafka.crops(), WatermarkStrategy.noWatermarks(), "crops")
            .uid("crops-source");
    ContinualStage learning =
        ContinualStage.of(crops, parsed.learner(), config.registry().settings(config.kafka()));
    Sinks.modelEvents(learning.events(), kafka);
    Sinks.deadLetters(learning.deadLetters(), kafka);
  }
}
