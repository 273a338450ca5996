package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.track.TracksByCamera;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** From tracks to alerts as part of a job: folded by the rules. */
public final class AlertStage {
  private AlertStage() {}

  /**
   * Adds the stage behind tracked lines in their cameras' order.
   *
   * @param rules revisions that are known from the beginning
   * @param cameras the same of cameras
   * @param revisions of both that come while it runs
   */
  public static DataStream<Alert> of(
      DataStream<TrackedLine> tracks,
      List<RuleSpec> rules,
      List<CameraSpec> cameras,
      DataStream<Revision> revisions) {
    return fold(tracks, new RuleFunction(false, rules, cameras), revisions)
        .uid("rules")
        .name("rules");
  }

  /**
   * Adds the stage of the rules about novelty.
   *
   * @param novelty lines that say how new one object is, in their cameras' order
   * @param rules revisions that are known from the beginning
   * @param cameras the same of cameras
   * @param revisions of both that come while it runs
   */
  public static DataStream<Alert> ofNovelty(
      DataStream<TrackedLine> novelty,
      List<RuleSpec> rules,
      List<CameraSpec> cameras,
      DataStream<Revision> revisions) {
    return fold(novelty, new RuleFunction(true, rules, cameras), revisions)
        .uid("novelty-rules")
        .name("rules about novelty");
  }

  private static SingleOutputStreamOperator<Alert> fold(
      DataStream<TrackedLine> lines, RuleFunction rules, DataStream<Revision> revisions) {
    return lines
        .keyBy(new TracksByCamera())
        .connect(revisions.broadcast(RuleFunction.RULES, RuleFunction.CAMERAS))
        .process(rules);
  }
}
