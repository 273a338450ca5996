package io.alcedo.jobs;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.sequence.SequenceStage;
import io.alcedo.operators.stream.track.TrackStage;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What lines say: the part that {@link StreamJob}, {@link PipelineJob} and {@link ReplayJob} have
 * in common.
 *
 * <p>{@code lines ──► re-sequence ──► track ─┬─► tracks}<br>
 * {@code ├─► rules ──► alerts}<br>
 * {@code └─► windows ──► analytics}
 */
record Analysis(
    DataStream<TrackedLine> tracks, DataStream<Alert> alerts, DataStream<AnalyticsRow> analytics) {

  /**
   * Adds the stages behind lines.
   *
   * @param control rules and cameras
   */
  static Analysis of(DataStream<DetectionLine> lines, JobConfig config, Control control) {
    DataStream<TrackedLine> tracks = TrackStage.of(SequenceStage.of(lines), config.tracker());
    return new Analysis(
        tracks, control.alerts(tracks), control.analytics(tracks, config.analytics()));
  }
}
