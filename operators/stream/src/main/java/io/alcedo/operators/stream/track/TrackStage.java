package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.sequence.ByCamera;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From lines to tracks as part of a job. */
public final class TrackStage {
  private TrackStage() {}

  /** Adds the stage behind lines in their cameras' order. */
  public static DataStream<TrackedLine> of(DataStream<DetectionLine> ordered) {
    return ordered
        .keyBy(new ByCamera())
        .process(new TrackFunction(IouTracker.DEFAULT))
        .uid("track")
        .name("track");
  }
}
