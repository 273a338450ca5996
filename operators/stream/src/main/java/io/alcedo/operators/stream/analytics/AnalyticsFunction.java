package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.TrackedLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link CameraAnalytics} of each camera. Needs its lines in sequence order. */
final class AnalyticsFunction extends KeyedProcessFunction<String, TrackedLine, AnalyticsRow> {
  private static final long serialVersionUID = 1L;

  private final CameraAnalytics analytics;
  private transient ValueState<AnalyticsState> state;

  AnalyticsFunction(CameraAnalytics analytics) {
    this.analytics = analytics;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("analytics", TypeInformation.of(AnalyticsState.class)));
  }

  @Override
  public void processElement(TrackedLine line, Context context, Collector<AnalyticsRow> out)
      throws Exception {
    AnalyticsState before = state.value();
    CameraAnalytics.Step step =
        analytics.accept(
            before == null ? AnalyticsState.START : before.requireKnownVersion(), line);
    state.update(step.state());
    step.rows().forEach(out::collect);
  }
}
