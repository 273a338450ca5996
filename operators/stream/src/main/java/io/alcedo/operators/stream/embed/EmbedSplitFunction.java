package io.alcedo.operators.stream.embed;

import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Embedding;
import java.time.Clock;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parts vectors from dead letters, and counts. Accounting: crops in = vectors + dead letters. */
final class EmbedSplitFunction extends ProcessFunction<EmbeddedCrop, Embedding> {
  private static final long serialVersionUID = 1L;
  private static final int HISTORY = 1_000;
  static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private transient Counter embedded;
  private transient Counter dead;
  private transient Histogram latencyMillis;

  @Override
  public void open(OpenContext context) {
    MetricGroup crops = getRuntimeContext().getMetricGroup().addGroup("crops");
    embedded = crops.counter("embedded");
    dead = crops.counter("dead");
    latencyMillis = crops.histogram("latencyMillis", new DescriptiveStatisticsHistogram(HISTORY));
  }

  @Override
  public void processElement(EmbeddedCrop element, Context context, Collector<Embedding> out) {
    if (element.embedding() == null) {
      dead.inc();
      context.output(DEAD_LETTERS, element.deadLetter());
      return;
    }
    embedded.inc();
    Duration age = Duration.between(element.embedding().published(), Clock.systemUTC().instant());
    latencyMillis.update(age.toMillis());
    out.collect(element.embedding());
  }
}
