package io.alcedo.jobs;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.operators.stream.analytics.AnalyticsOptions;
import io.alcedo.operators.stream.analytics.AnalyticsStage;
import io.alcedo.operators.stream.rules.AlertStage;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.SceneHistory;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Rules and cameras of a job: what it must not begin without, and the revisions that come while it
 * runs.
 *
 * @param known from the beginning
 * @param newRules those that come
 * @param newCameras those that come
 */
record Control(Recorded known, DataStream<Revision> newRules, DataStream<Revision> newCameras) {

  /** Reads the topics to their ends, and adds the sources that follow them. */
  static Control of(StreamExecutionEnvironment environment, FlinkKafka kafka, JobConfig config) {
    return new Control(
        Recorded.of(config.kafka(), config.rules(), config.cameras()),
        follow(environment, kafka.rules(), "rule"),
        follow(environment, kafka.cameras(), "camera"));
  }

  /** Nothing comes: what is known holds to the end. */
  static Control fixed(StreamExecutionEnvironment environment, Recorded known) {
    DataStream<Revision> none =
        environment
            .fromSequence(0, 0)
            .uid("no-revisions")
            .filter(unused -> false)
            .map(unused -> new Revision("", "", ""))
            .returns(Revision.class);
    return new Control(known, none, none);
  }

  /** What the cameras look at, as far as it is known now. */
  static SceneHistory scenes(JobConfig config) {
    return SceneHistory.of(Recorded.all(config.kafka(), CameraSpec.REVISIONS, config.cameras()));
  }

  private static DataStream<Revision> follow(
      StreamExecutionEnvironment environment, KafkaSource<Revision> source, String of) {
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), of + " revisions")
        .uid(of + "-revisions")
        .setParallelism(1);
  }

  /** From tracks to alerts. */
  DataStream<Alert> alerts(DataStream<TrackedLine> tracks) {
    return AlertStage.of(tracks, known.rules(), known.cameras(), newRules.union(newCameras));
  }

  /** From how new objects are to alerts. */
  DataStream<Alert> noveltyAlerts(DataStream<TrackedLine> novelty) {
    return AlertStage.ofNovelty(
        novelty, known.rules(), known.cameras(), newRules.union(newCameras));
  }

  /** From tracks to sums over windows of time. */
  DataStream<AnalyticsRow> analytics(DataStream<TrackedLine> tracks, AnalyticsOptions options) {
    return AnalyticsStage.of(tracks, options, known.cameras(), newCameras);
  }
}
