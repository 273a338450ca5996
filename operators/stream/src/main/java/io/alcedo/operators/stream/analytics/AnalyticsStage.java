package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.track.TracksByCamera;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From tracks to sums over windows of time as part of a job. */
public final class AnalyticsStage {
  private AnalyticsStage() {}

  /** Adds the stage behind tracked lines in their cameras' order. */
  public static DataStream<AnalyticsRow> of(
      DataStream<TrackedLine> tracks, AnalyticsOptions options, SceneHistory scenes) {
    return tracks
        .keyBy(new TracksByCamera())
        .process(new AnalyticsFunction(new CameraAnalytics(options, scenes)))
        .uid("analytics-windows")
        .name("analytics windows");
  }
}
