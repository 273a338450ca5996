package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.operators.stream.track.TracksByCamera;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * From tracks to pictures as part of a job: the best ones are chosen, then cut out of the stored
 * frames.
 *
 * @param crops in their cameras' order
 * @param deadLetters of what could not be cut
 */
public record CropStage(DataStream<Crop> crops, DataStream<DeadLetter> deadLetters) {
  private static final int CAPACITY = 64;
  private static final long PATIENCE_SECONDS = 60;

  /** Adds the stage behind a stream of tracks. */
  public static CropStage of(
      DataStream<TrackedLine> tracks, CropSelection selection, FrameStore.Opener frames) {
    SingleOutputStreamOperator<CropPlan> plans =
        tracks
            .keyBy(new TracksByCamera())
            .process(new CropSelectFunction(selection))
            .uid("crop-select")
            .name("choose crops");
    SingleOutputStreamOperator<Crop> crops =
        AsyncDataStream.orderedWait(
                plans, new CutFunction(frames), PATIENCE_SECONDS, TimeUnit.SECONDS, CAPACITY)
            .uid("crop-cut")
            .name("cut crops")
            .process(new CropSplitFunction())
            .uid("crop-split")
            .name("crops and dead letters");
    return new CropStage(crops, crops.getSideOutput(CropSplitFunction.DEAD_LETTERS));
  }
}
