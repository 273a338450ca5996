package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.track.TracksByCamera;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From tracks to sums over windows of time as part of a job. */
public final class AnalyticsStage {
  private AnalyticsStage() {}

  /**
   * Adds the stage behind tracked lines in their cameras' order.
   *
   * @param cameras revisions that are known from the beginning
   * @param revisions those that come while it runs
   */
  public static DataStream<AnalyticsRow> of(
      DataStream<TrackedLine> tracks,
      AnalyticsOptions options,
      List<CameraSpec> cameras,
      DataStream<Revision> revisions) {
    return tracks
        .keyBy(new TracksByCamera())
        .connect(revisions.broadcast(AnalyticsFunction.CAMERAS))
        .process(new AnalyticsFunction(options, cameras))
        .uid("analytics-windows")
        .name("analytics windows");
  }
}
