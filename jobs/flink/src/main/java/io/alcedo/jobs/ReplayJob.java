package io.alcedo.jobs;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.TopicRange;
import io.alcedo.operators.stream.detect.DetectionStage;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What was recorded once more, through other rules or another model; it ends by itself.
 *
 * <p>{@code (frames ──► detect ──►) detections ──► re-sequence ──► track ─┬─► replay-NAME-tracks}
 * <br>
 * {@code ├─► rules ──► replay-NAME-alerts}<br>
 * {@code └─► windows ──► replay-NAME-analytics}
 *
 * <p>Rules, tracks and analytics are folds over each camera's lines, so what comes out is the same
 * to the byte whatever the parallelism and the failures in between. They begin from nothing at the
 * first line. At the end lines that wait for a missing one are let through, as live they are when
 * nothing comes; windows that are open then are not told, as live they are not yet.
 */
public final class ReplayJob {
  private ReplayJob() {}

  /**
   * Adds the job's stages to an environment.
   *
   * @param config of the installation that recorded; its rules and scenes are not looked at
   * @param known rules and cameras
   * @param recorded what is read, and filtered by capture time then; not empty
   */
  public static void build(
      StreamExecutionEnvironment environment,
      JobConfig config,
      Recorded known,
      Replay replay,
      TopicRange recorded) {
    FlinkKafka kafka =
        new FlinkKafka(replay.results(config.kafka()), config.name() + "-replay-" + replay.name());
    DataStream<DetectionLine> lines =
        replay.frames()
            ? detections(environment, config, replay, recorded, kafka)
            : environment
                .fromSource(
                    kafka.detections(recorded), WatermarkStrategy.noWatermarks(), "detections")
                .uid("detection-lines")
                .filter(line -> replay.covers(line.captureTime()))
                .uid("lines-in-range")
                .name("lines in range");
    Analysis analysis = Analysis.of(lines, config, Control.fixed(environment, known));
    Sinks.tracks(analysis.tracks(), kafka);
    Sinks.replayedAlerts(analysis.alerts(), kafka);
    Sinks.analytics(analysis.analytics(), kafka);
  }

  /** Every frame, though it is long past; by the models of the file, whatever is deployed now. */
  private static DataStream<DetectionLine> detections(
      StreamExecutionEnvironment environment,
      JobConfig config,
      Replay replay,
      TopicRange recorded,
      FlinkKafka kafka) {
    DataStream<CameraRecord> frames =
        environment
            .fromSource(kafka.frames(recorded), WatermarkStrategy.noWatermarks(), "frames")
            .uid("frames")
            .filter(frame -> replay.covers(frame.captureTime()))
            .uid("frames-in-range")
            .name("frames in range");
    InferenceConfig inference = config.inference().ofThePast();
    DetectionStage detections =
        DetectJob.detections(
            frames,
            inference.options(config.model()),
            config.appearanceSettings(inference),
            Optional.ofNullable(config.classifier())
                .map(classifier -> classifier.options(inference, null)));
    Sinks.detections(detections.lines(), kafka);
    Sinks.deadLetters(detections.deadLetters(), kafka);
    return detections.lines();
  }
}
