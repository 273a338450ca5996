package io.alcedo.operators.stream.track;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.appearance.AppearanceStage;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How the tracker uses what objects look like, and which model says it. The model alone may stand
 * for the block.
 *
 * @param model an encoder's directory or the path of its weights, on every TaskManager; may be left
 *     out where the lines have been recorded
 * @param minLikeness cosine with what a track looks like, from which an object may be the same; -1
 *     to 1, default 0.7
 * @param minOverlap intersection over union with the expected box, from which likeness counts;
 *     default 0.1. BoT-SORT's 0.5 joined fewer of the right people where frames were few
 * @param memory share of what a track looked like that stays when it is seen again; default 0.9, as
 *     BoT-SORT's
 * @param maxCrops objects of one frame that are looked at, the best; default 50
 * @param batch most objects of one inference; default 16
 * @param linger longest wait for a batch to fill; default 20ms
 * @param capacity most frames in flight of one subtask; default 12
 * @param timeout a frame that is not looked at by then goes on without; default 1min
 */
public record AppearanceOptions(
    String model,
    Double minLikeness,
    Double minOverlap,
    Double memory,
    Integer maxCrops,
    Integer batch,
    Duration linger,
    Integer capacity,
    Duration timeout)
    implements Serializable {
  /** How many objects may wait: frames in flight are what bounds them, this only guards memory. */
  private static final int MOST_WAITING = 100_000;

  @JsonCreator
  public AppearanceOptions {
    if (model != null && model.isBlank()) {
      throw new IllegalArgumentException("model is empty, expected an encoder's directory");
    }
    minLikeness = between(-1, "minLikeness", minLikeness, 0.7);
    minOverlap = between(0, "minOverlap", minOverlap, 0.1);
    memory = between(0, "memory", memory, 0.9);
    maxCrops = maxCrops == null ? 50 : maxCrops;
    batch = batch == null ? 16 : batch;
    linger = linger == null ? BatchOptions.DEFAULT.linger() : linger;
    capacity = capacity == null ? 12 : capacity;
    timeout = timeout == null ? Duration.ofMinutes(1) : timeout;
    // Refuses what is out of range.
    var unused =
        new InferenceOptions(
            "any", EngineOptions.DEFAULT, batching(batch, linger, 1), capacity, timeout);
    var unusedCrops = new CropRule(List.of(), 0, maxCrops);
  }

  private static double between(double least, String key, Double value, double otherwise) {
    double chosen = value == null ? otherwise : value;
    if (!(chosen >= least && chosen <= 1)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %.0f to 1".formatted(key, value, least));
    }
    return chosen;
  }

  /** Nothing but defaults for a model. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AppearanceOptions of(String model) {
    return new AppearanceOptions(model, null, null, null, null, null, null, null, null);
  }

  /** The same with another model. */
  public AppearanceOptions withModel(String other) {
    return new AppearanceOptions(
        other, minLikeness, minOverlap, memory, maxCrops, batch, linger, capacity, timeout);
  }

  /**
   * The model.
   *
   * @throws InvalidInputException if none is named
   */
  public String requireModel() {
    if (model == null) {
      throw new InvalidInputException(
          "tracker.appearance.model is missing: give an encoder's directory");
    }
    return model;
  }

  /**
   * The settings of the stage that looks.
   *
   * @param minScore detection score from which objects are looked at
   * @param engine how the model runs
   * @throws InvalidInputException if no model is named
   */
  public AppearanceStage.Settings stage(double minScore, EngineOptions engine, int decodeThreads) {
    return new AppearanceStage.Settings(
        new InferenceOptions(
            requireModel(), engine, batching(batch, linger, decodeThreads), capacity, timeout),
        new CropRule(List.of(), minScore, maxCrops));
  }

  private static BatchOptions batching(int batch, Duration linger, int decodeThreads) {
    return new BatchOptions(
        batch,
        linger,
        decodeThreads,
        MOST_WAITING,
        BatchOptions.DEFAULT.maxWaitingBytes(),
        Freshness.EVERY_FRAME,
        null);
  }
}
