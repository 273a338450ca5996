package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link ByteTracker} of each camera. Needs its lines in sequence order. */
public final class TrackFunction extends KeyedProcessFunction<String, DetectionLine, TrackedLine> {
  private static final long serialVersionUID = 1L;

  private final ByteTracker tracker;
  private transient ValueState<TrackerState> state;

  public TrackFunction(ByteTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("tracks", TypeInformation.of(TrackerState.class)));
  }

  @Override
  public void processElement(DetectionLine line, Context context, Collector<TrackedLine> out)
      throws Exception {
    TrackerState before = state.value();
    ByteTracker.Step step =
        tracker.accept(before == null ? TrackerState.START : before.requireKnownVersion(), line);
    state.update(step.state());
    out.collect(step.tracked());
  }
}
