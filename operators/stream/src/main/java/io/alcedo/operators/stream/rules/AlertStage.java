package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.sequence.ByCamera;
import io.alcedo.operators.stream.sequence.ResequenceFunction;
import io.alcedo.operators.stream.sequence.Resequencer;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From lines to alerts as part of a job: put in order, then folded by the rules. */
public final class AlertStage {
  private AlertStage() {}

  /** Adds the stage behind a stream of lines. */
  public static DataStream<Alert> of(DataStream<DetectionLine> lines, RuleHistory rules) {
    return lines
        .keyBy(new ByCamera())
        .process(new ResequenceFunction(Resequencer.DEFAULT))
        .uid("resequence")
        .name("re-sequence")
        .keyBy(new ByCamera())
        .process(new RuleFunction(rules))
        .uid("rules")
        .name("rules");
  }
}
