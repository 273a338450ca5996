package io.alcedo.operators.stream.sequence;

import io.alcedo.connectors.event.DetectionLine;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Lines in their cameras' order, each once, as part of a job. */
public final class SequenceStage {
  private SequenceStage() {}

  /** Adds the stage behind a stream of lines. */
  public static DataStream<DetectionLine> of(DataStream<DetectionLine> lines) {
    return lines
        .keyBy(new ByCamera())
        .process(new ResequenceFunction(Resequencer.DEFAULT))
        .uid("resequence")
        .name("re-sequence");
  }
}
