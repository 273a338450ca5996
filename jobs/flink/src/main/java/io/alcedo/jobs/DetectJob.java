package io.alcedo.jobs;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.operators.stream.appearance.AppearanceStage;
import io.alcedo.operators.stream.classify.ClassificationStage;
import io.alcedo.operators.stream.classify.ClassifierOptions;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.detect.DetectionStage;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * {@code frames ──► detect ──► (appearance) ──► (classify) ─┬─► detections}<br>
 * {@code └─► dead-letters}
 */
public final class DetectJob {
  private DetectJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    TopicCreator.ensure(
        config.kafka(), EnumSet.of(Topic.FRAMES, Topic.DETECTIONS, Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " detect");
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    FlinkKafka kafka = config.kafkaOf("detect");
    DetectionStage detections = detections(environment, kafka, config);
    Sinks.detections(detections.lines(), kafka);
    Sinks.deadLetters(detections.deadLetters(), kafka);
  }

  /** From frames to lines: the part that {@link PipelineJob} shares. */
  static DetectionStage detections(
      StreamExecutionEnvironment environment, FlinkKafka kafka, JobConfig config) {
    DataStream<CameraRecord> frames =
        environment
            .fromSource(kafka.frames(), WatermarkStrategy.noWatermarks(), "frames")
            .uid("frames");
    return detections(
        frames, config.inferenceOptions(), config.appearanceSettings(), config.classifierOptions());
  }

  /** The same, of frames that come from elsewhere: the part that {@link ReplayJob} shares. */
  static DetectionStage detections(
      DataStream<CameraRecord> frames,
      InferenceOptions inference,
      Optional<AppearanceStage.Settings> appearance,
      Optional<ClassifierOptions> classifier) {
    boolean classifies = classifier.isPresent();
    DataStream<DetectedFrame> detected =
        DetectionStage.detect(frames, inference, appearance.isPresent() || classifies);
    DataStream<DetectedFrame> looked =
        appearance
            .map(settings -> AppearanceStage.of(detected, settings, classifies))
            .orElse(detected);
    return DetectionStage.split(
        classifier.map(options -> ClassificationStage.classify(looked, options)).orElse(looked));
  }
}
