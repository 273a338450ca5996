package io.alcedo.operators.stream.classify;

import io.alcedo.operators.stream.detect.DetectedFrame;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The classification stage as part of a job: chained to the detector. */
public final class ClassificationStage {
  private ClassificationStage() {}

  /** Adds the stage behind a detector that keeps its frames. */
  public static DataStream<DetectedFrame> classify(
      DataStream<DetectedFrame> detected, ClassifierOptions options) {
    return AsyncDataStream.orderedWait(
            detected,
            new ClassifyFunction(options),
            options.inference().timeout().toMillis(),
            TimeUnit.MILLISECONDS,
            options.inference().capacity())
        .uid("classify")
        .name("classify");
  }
}
