package io.alcedo.operators.stream.appearance;

import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.detect.DetectedFrame;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** What objects look like, as part of a job: chained to the detector. */
public final class AppearanceStage {
  private AppearanceStage() {}

  /**
   * All settings of the stage.
   *
   * @param inference model, engine and batching
   * @param crops which objects are looked at
   */
  public record Settings(InferenceOptions inference, CropRule crops) implements Serializable {

    /** The same, following a registry; null = the model stays. */
    public Settings following(RegistrySettings registry) {
      return new Settings(inference.following(registry), crops);
    }
  }

  /**
   * Adds the stage behind a detector that keeps its frames.
   *
   * @param keepsFrames whether a stage behind needs the frames' pixels
   */
  public static DataStream<DetectedFrame> of(
      DataStream<DetectedFrame> detected, Settings settings, boolean keepsFrames) {
    return AsyncDataStream.orderedWait(
            detected,
            new AppearanceFunction(settings, keepsFrames),
            settings.inference().timeout().toMillis(),
            TimeUnit.MILLISECONDS,
            settings.inference().capacity())
        .uid("appearance")
        .name("appearance");
  }
}
