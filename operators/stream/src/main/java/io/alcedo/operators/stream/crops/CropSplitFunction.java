package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts crops from dead letters, and counts. Accounting: plans in = crops + dead letters. */
final class CropSplitFunction extends ProcessFunction<CutCrop, Crop> {
  private static final long serialVersionUID = 1L;
  static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private transient Counter cut;
  private transient Counter dead;

  @Override
  public void open(OpenContext context) {
    MetricGroup crops = getRuntimeContext().getMetricGroup().addGroup("crops");
    cut = crops.counter("cut");
    dead = crops.counter("dead");
  }

  @Override
  public void processElement(CutCrop element, Context context, Collector<Crop> out) {
    if (element.crop() == null) {
      dead.inc();
      context.output(DEAD_LETTERS, element.deadLetter());
    } else {
      cut.inc();
      out.collect(element.crop());
    }
  }
}
