package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.scene.SceneHistory;
import io.alcedo.operators.stream.track.TracksByCamera;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From tracks to alerts as part of a job: folded by the rules. */
public final class AlertStage {
  private AlertStage() {}

  /**
   * Adds the stage behind tracked lines in their cameras' order.
   *
   * @param seeds revisions that are known from the beginning
   * @param revisions those that come while it runs
   */
  public static DataStream<Alert> of(
      DataStream<TrackedLine> tracks,
      List<RuleSpec> seeds,
      SceneHistory scenes,
      DataStream<RuleRevision> revisions) {
    return tracks
        .keyBy(new TracksByCamera())
        .connect(revisions.broadcast(RuleFunction.REVISIONS))
        .process(new RuleFunction(seeds, scenes))
        .uid("rules")
        .name("rules");
  }
}
