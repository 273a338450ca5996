package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.event.TrackedLine;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link CropSelection} of each camera. Needs its lines in sequence order. */
final class CropSelectFunction extends KeyedProcessFunction<String, TrackedLine, CropPlan> {
  private static final long serialVersionUID = 1L;

  private final CropSelection selection;
  private transient ValueState<CropState> state;

  CropSelectFunction(CropSelection selection) {
    this.selection = selection;
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("crops", TypeInformation.of(CropState.class)));
  }

  @Override
  public void processElement(TrackedLine line, Context context, Collector<CropPlan> out)
      throws Exception {
    CropState before = state.value();
    CropSelection.Step step =
        selection.accept(before == null ? CropState.START : before.requireKnownVersion(), line);
    state.update(step.state());
    step.plans().forEach(out::collect);
  }
}
