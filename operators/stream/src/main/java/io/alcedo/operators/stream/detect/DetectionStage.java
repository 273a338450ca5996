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
 * The inference stage as part of a job: chained to its source, so that no picture crosses a
 * network.
 *
 * @param lines one for every frame, heartbeat and end
 * @param deadLetters of what could not be processed
 */
public record DetectionStage(DataStream<DetectionLine> lines, DataStream<DeadLetter> deadLetters) {

  /** Adds the stage behind a stream of records. */
  public static DetectionStage of(DataStream<CameraRecord> records, InferenceOptions options) {
    SingleOutputStreamOperator<DetectedFrame> detected =
        AsyncDataStream.orderedWait(
                records,
                new DetectFunction(options),
                options.timeout().toMillis(),
                TimeUnit.MILLISECONDS,
                options.capacity())
            .uid("detect")
            .name("detect");
    SingleOutputStreamOperator<DetectionLine> lines =
        detected.process(new SplitFunction()).uid("split").name("lines and dead letters");
    return new DetectionStage(lines, lines.getSideOutput(SplitFunction.DEAD_LETTERS));
  }
}
