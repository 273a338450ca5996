package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link CameraRules} of each camera. Needs its lines in sequence order. */
public final class RuleFunction extends KeyedProcessFunction<String, DetectionLine, Alert> {
  private static final long serialVersionUID = 1L;

  private final CameraRules rules;
  private transient ValueState<CameraRules.State> state;
  private transient Counter alerts;

  public RuleFunction(RuleHistory history) {
    this.rules = new CameraRules(history);
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("rules", TypeInformation.of(CameraRules.State.class)));
    alerts = getRuntimeContext().getMetricGroup().counter("alerts");
  }

  @Override
  public void processElement(DetectionLine line, Context context, Collector<Alert> out)
      throws Exception {
    CameraRules.State before = state.value();
    CameraRules.Step step =
        rules.accept(before == null ? CameraRules.State.START : before.requireKnownVersion(), line);
    state.update(step.state());
    alerts.inc(step.alerts().size());
    step.alerts().forEach(out::collect);
  }
}
