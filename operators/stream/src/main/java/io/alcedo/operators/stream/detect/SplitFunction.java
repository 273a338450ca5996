package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
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

/**
 * Parts lines from dead letters, and counts.
 *
 * <p>Accounting: records in = lines out + malformed; dead letters = dead frames + malformed +
 * frames of which a classifier failed for something + frames of which an encoder did. Pictures that
 * a classifier was given = classified + failed; objects that an encoder was to look at = made +
 * failed.
 */
public final class SplitFunction extends ProcessFunction<DetectedFrame, DetectionLine> {
  private static final long serialVersionUID = 1L;
  private static final int HISTORY = 1_000;
  public static final OutputTag<DeadLetter> DEAD_LETTERS = new OutputTag<>("dead-letters") {};

  private transient Counter ok;
  private transient Counter dropped;
  private transient Counter dead;
  private transient Counter malformed;
  private transient Histogram batchSize;
  private transient Histogram latencyMillis;
  private transient Counter classified;
  private transient Counter failed;
  private transient Histogram pictureBatchSize;
  private transient Counter appearancesMade;
  private transient Counter appearancesFailed;

  @Override
  public void open(OpenContext context) {
    MetricGroup frames = getRuntimeContext().getMetricGroup().addGroup("frames");
    ok = frames.counter("ok");
    dropped = frames.counter("dropped");
    dead = frames.counter("dead");
    malformed = frames.counter("malformed");
    batchSize = frames.histogram("batchSize", new DescriptiveStatisticsHistogram(HISTORY));
    latencyMillis = frames.histogram("latencyMillis", new DescriptiveStatisticsHistogram(HISTORY));
    MetricGroup pictures = getRuntimeContext().getMetricGroup().addGroup("pictures");
    classified = pictures.counter("classified");
    failed = pictures.counter("failed");
    pictureBatchSize = pictures.histogram("batchSize", new DescriptiveStatisticsHistogram(HISTORY));
    MetricGroup appearances = getRuntimeContext().getMetricGroup().addGroup("appearances");
    appearancesMade = appearances.counter("made");
    appearancesFailed = appearances.counter("failed");
  }

  @Override
  public void processElement(DetectedFrame frame, Context context, Collector<DetectionLine> out) {
    count(frame);
    count(frame.classified());
    letter(frame.deadLetter(), context);
    if (frame.encoded() != null) {
      appearancesMade.inc(frame.encoded().objects() - frame.encoded().failed());
      appearancesFailed.inc(frame.encoded().failed());
      letter(frame.encoded().deadLetter(), context);
    }
    if (frame.line() != null) {
      out.collect(frame.line());
    }
  }

  private static void letter(DeadLetter letter, Context context) {
    if (letter != null) {
      context.output(DEAD_LETTERS, letter);
    }
  }

  private void count(DetectedFrame frame) {
    DetectionLine line = frame.line();
    if (line == null) {
      malformed.inc();
    } else if (line.status() == LineStatus.OK) {
      ok.inc();
      batchSize.update(frame.batchSize());
      if (line.published() != null) {
        Duration age = Duration.between(line.published(), Clock.systemUTC().instant());
        latencyMillis.update(age.toMillis());
      }
    } else if (line.status() == LineStatus.DROPPED) {
      dropped.inc();
    } else if (line.status() == LineStatus.DEAD) {
      dead.inc();
    }
  }

  private void count(DetectedFrame.Classified pictures) {
    if (pictures == null || pictures.pictures() == 0) {
      return;
    }
    classified.inc(pictures.pictures() - pictures.failed());
    failed.inc(pictures.failed());
    if (pictures.batchSize() > 0) {
      pictureBatchSize.update(pictures.batchSize());
    }
  }
}
