package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.sequence.ByCamera;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From lines to tracks as part of a job. */
public final class TrackStage {
  private TrackStage() {}

  /** Adds the stage behind lines in their cameras' order. */
  public static DataStream<TrackedLine> of(
      DataStream<DetectionLine> ordered, TrackerOptions options) {
    return ordered
        .keyBy(new ByCamera())
        .process(new TrackFunction(new ByteTracker(options)))
        .uid("track")
        .name("track");
  }
}
