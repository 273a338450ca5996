package io.alcedo.operators.continual;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.registry.RegistrySettings;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The learning stage as part of a job: always one subtask.
 *
 * @param events about candidates
 * @param deadLetters of crops that are no pictures
 */
public record ContinualStage(DataStream<ModelEvent> events, DataStream<DeadLetter> deadLetters) {

  /**
   * Adds the stage behind a stream of crops.
   *
   * @param learner a {@link io.alcedo.operators.continual.learn.ContinualConfig} as YAML
   */
  public static ContinualStage of(
      DataStream<Crop> crops, String learner, RegistrySettings registry) {
    SingleOutputStreamOperator<ModelEvent> events =
        crops
            .transform(
                "learn", TypeInformation.of(ModelEvent.class), new LearnOperator(learner, registry))
            .setParallelism(1)
            .setMaxParallelism(1)
            .uid("learn");
    return new ContinualStage(events, events.getSideOutput(LearnOperator.DEAD_LETTERS));
  }
}
