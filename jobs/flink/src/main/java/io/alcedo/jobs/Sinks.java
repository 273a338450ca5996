package io.alcedo.jobs;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.jdbc.AnalyticsTable;
import io.alcedo.connectors.kafka.FlinkKafka;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The ends of all jobs, under names that stay. */
final class Sinks {
  private Sinks() {}

  static void detections(DataStream<DetectionLine> lines, FlinkKafka kafka) {
    lines.sinkTo(kafka.detectionsSink()).uid("detections").name("detections");
  }

  static void deadLetters(DataStream<DeadLetter> letters, FlinkKafka kafka) {
    letters.sinkTo(kafka.deadLettersSink()).uid("dead-letters").name("dead letters");
  }

  static void crops(DataStream<Crop> crops, FlinkKafka kafka) {
    crops.sinkTo(kafka.cropsSink()).uid("crops").name("crops");
  }

  static void embeddings(DataStream<Embedding> embeddings, FlinkKafka kafka) {
    embeddings.sinkTo(kafka.embeddingsSink()).uid("embeddings").name("embeddings");
  }

  static void modelEvents(DataStream<ModelEvent> events, FlinkKafka kafka) {
    events.sinkTo(kafka.modelEventsSink()).uid("model-events").name("model events");
  }

  static void tracks(DataStream<TrackedLine> tracks, FlinkKafka kafka) {
    tracks.sinkTo(kafka.tracksSink()).uid("tracks").name("tracks");
  }

  static void analytics(DataStream<AnalyticsRow> rows, FlinkKafka kafka) {
    rows.sinkTo(kafka.analyticsSink()).uid("analytics").name("analytics");
  }

  static void analyticsTable(DataStream<AnalyticsRow> rows, AnalyticsTable table) {
    rows.sinkTo(table.sink()).uid("analytics-table").name("analytics table");
  }

  static void alerts(DataStream<Alert> alerts, FlinkKafka kafka) {
    alerts.sinkTo(kafka.alertsSink()).uid("alerts").name("alerts");
  }

  static void replayedAlerts(DataStream<Alert> alerts, FlinkKafka kafka) {
    alerts.sinkTo(kafka.replayedAlertsSink()).uid("alerts").name("alerts");
  }
}
