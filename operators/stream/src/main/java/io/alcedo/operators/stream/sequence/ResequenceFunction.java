package io.alcedo.operators.stream.sequence;

import io.alcedo.connectors.event.DetectionLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link Resequencer} of each camera. */
public final class ResequenceFunction
    extends KeyedProcessFunction<String, DetectionLine, DetectionLine> {
  private static final long serialVersionUID = 1L;

  /** Passed by the last watermark of a bounded input only. */
  private static final long END_OF_INPUT = Long.MAX_VALUE;

  private final Resequencer resequencer;
  private transient ValueState<SequenceState> state;
  private transient Counter repeats;
  private transient Counter missing;

  public ResequenceFunction(Resequencer resequencer) {
    this.resequencer = resequencer;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("sequence", TypeInformation.of(SequenceState.class)));
    repeats = getRuntimeContext().getMetricGroup().counter("repeats");
    missing = getRuntimeContext().getMetricGroup().counter("missing");
  }

  @Override
  public void processElement(DetectionLine line, Context context, Collector<DetectionLine> out)
      throws Exception {
    SequenceState before = state.value();
    if (before == null) {
      context.timerService().registerEventTimeTimer(END_OF_INPUT);
    } else {
      before = before.requireKnownVersion();
    }
    apply(resequencer.accept(before, line), out);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<DetectionLine> out)
      throws Exception {
    apply(resequencer.flush(state.value()), out);
  }

  private void apply(Resequencer.Step step, Collector<DetectionLine> out) throws Exception {
    state.update(step.state());
    repeats.inc(step.repeats());
    missing.inc(step.missing());
    step.released().forEach(out::collect);
  }
}
