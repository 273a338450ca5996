package io.alcedo.operators.stream.embed;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From crops to vectors as part of a job: chained to its source.
 *
 * @param embeddings one for every crop that can be embedded, in order
 * @param deadLetters of the others
 */
public record EmbedStage(DataStream<Embedding> embeddings, DataStream<DeadLetter> deadLetters) {

  /** Adds the stage behind a stream of crops. */
  public static EmbedStage of(DataStream<Crop> crops, InferenceOptions encoder) {
    SingleOutputStreamOperator<Embedding> embeddings =
        AsyncDataStream.orderedWait(
                crops,
                new EmbedFunction(encoder),
                encoder.timeout().toMillis(),
                TimeUnit.MILLISECONDS,
                encoder.capacity())
            .uid("embed")
            .name("embed")
            .process(new EmbedSplitFunction())
            .uid("embed-split")
            .name("vectors and dead letters");
    return new EmbedStage(embeddings, embeddings.getSideOutput(EmbedSplitFunction.DEAD_LETTERS));
  }
}
