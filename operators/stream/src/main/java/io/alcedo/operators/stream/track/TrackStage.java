package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.sequence.ByCamera;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;

/** From lines to tracks as part of a job. */
public final class TrackStage {
  private TrackStage() {}

  /**
   * Adds the stage behind lines in their cameras' order.
   *
   * @param ordered as the stage that orders them gives them: where a camera's lines are already, so
   *     they do not travel again
   */
  public static DataStream<TrackedLine> of(
      DataStream<DetectionLine> ordered, TrackerOptions options) {
    return DataStreamUtils.reinterpretAsKeyedStream(ordered, new ByCamera(), Types.STRING)
        .process(new TrackFunction(new ByteTracker(options)))
        .uid("track")
        .name("track");
  }
}
