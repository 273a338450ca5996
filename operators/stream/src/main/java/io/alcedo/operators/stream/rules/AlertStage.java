package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.sequence.ByCamera;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From lines to alerts as part of a job: folded by the rules. */
public final class AlertStage {
  private AlertStage() {}

  /** Adds the stage behind lines in their cameras' order. */
  public static DataStream<Alert> of(DataStream<DetectionLine> ordered, RuleHistory rules) {
    return ordered
        .keyBy(new ByCamera())
        .process(new RuleFunction(rules))
        .uid("rules")
        .name("rules");
  }
}
