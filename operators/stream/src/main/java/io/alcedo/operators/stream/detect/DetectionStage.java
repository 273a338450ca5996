package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What the inference stages give a job. They are chained to their source, so that no picture
 * crosses a network.
 *
 * @param lines one for every frame, heartbeat and end
 * @param deadLetters of what could not be processed
 */
public record DetectionStage(DataStream<DetectionLine> lines, DataStream<DeadLetter> deadLetters) {

  /**
   * Adds the detector behind a stream of records.
   *
   * @param keepsFrames whether a stage behind needs the frames' pixels
   */
  public static DataStream<DetectedFrame> detect(
      DataStream<CameraRecord> records, InferenceOptions options, boolean keepsFrames) {
    return AsyncDataStream.orderedWait(
            records,
            new DetectFunction(options, keepsFrames),
            options.timeout().toMillis(),
            TimeUnit.MILLISECONDS,
            options.capacity())
        .uid("detect")
        .name("detect");
  }

  /** Parts what the inference stages say into lines and dead letters. */
  public static DetectionStage split(DataStream<DetectedFrame> detected) {
    SingleOutputStreamOperator<DetectionLine> lines =
        detected.process(new SplitFunction()).uid("split").name("lines and dead letters");
    return new DetectionStage(lines, lines.getSideOutput(SplitFunction.DEAD_LETTERS));
  }
}
