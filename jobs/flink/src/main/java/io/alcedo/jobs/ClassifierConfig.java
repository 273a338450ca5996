package io.alcedo.jobs;

import io.alcedo.connectors.registry.RegistrySettings;
import io.alcedo.operators.stream.classify.ClassifierOptions;
import io.alcedo.operators.stream.classify.ClassifierOptions.Choice;
import io.alcedo.operators.stream.classify.ClassifierOptions.CropRule;
import io.alcedo.operators.stream.classify.ClassifierOptions.Subject;
import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.time.Duration;
import java.util.List;

/**
 * The block {@code classifier} of a job's YAML: a second model that says more of what was seen. It
 * runs on the device and threads of {@code inference}.
 *
 * @param model a classifier's directory or the path of its weights, on every TaskManager
 * @param on frame or crop: the whole frame, or each object cut out; default crop
 * @param topK classes written of each picture; default 1
 * @param minScore classes are written from this probability on; default 0.1
 * @param labels crop: of objects of these classes; default all
 * @param minObjectScore crop: of objects from this score on; default 0.5
 * @param maxCrops crop: of one frame, the best objects; default 20
 * @param batch most pictures of one inference; default 8
 * @param linger longest wait for a batch to fill; default 20ms
 * @param capacity most frames in flight of one subtask; default three batches
 * @param timeout a frame that is not classified by then goes on without; default 1min
 */
public record ClassifierConfig(
    String model,
    String on,
    Integer topK,
    Double minScore,
    List<String> labels,
    Double minObjectScore,
    Integer maxCrops,
    Integer batch,
    Duration linger,
    Integer capacity,
    Duration timeout) {
  /** How many pictures may wait: frames in flight are what bounds them, this only guards memory. */
  private static final int MOST_WAITING = 100_000;

  private static final int BATCH = 8;

  public ClassifierConfig {
    if (model == null || model.isBlank()) {
      throw new IllegalArgumentException("model is missing, expected a classifier's directory");
    }
    on = on == null ? "crop" : on;
    if (!on.equals("frame") && !on.equals("crop")) {
      throw new IllegalArgumentException("on is '%s', expected frame or crop".formatted(on));
    }
    topK = topK == null ? 1 : topK;
    minScore = minScore == null ? 0.1 : minScore;
    labels = labels == null ? List.of() : List.copyOf(labels);
    minObjectScore = minObjectScore == null ? 0.5 : minObjectScore;
    maxCrops = maxCrops == null ? 20 : maxCrops;
    batch = batch == null ? BATCH : batch;
    linger = linger == null ? BatchOptions.DEFAULT.linger() : linger;
    capacity = capacity == null ? 3 * batch : capacity;
    timeout = timeout == null ? Duration.ofMinutes(1) : timeout;
    // Refuses what is out of range.
    var unused =
        stage(
            new InferenceOptions(
                model, EngineOptions.DEFAULT, batching(batch, linger, 1), capacity, timeout),
            on,
            new Choice(topK, minScore),
            new CropRule(labels, minObjectScore, maxCrops));
  }

  /** Nothing but defaults for a model. */
  public static ClassifierConfig of(String model) {
    return new ClassifierConfig(model, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same with another model. */
  public ClassifierConfig withModel(String other) {
    return new ClassifierConfig(
        other,
        on,
        topK,
        minScore,
        labels,
        minObjectScore,
        maxCrops,
        batch,
        linger,
        capacity,
        timeout);
  }

  /** The settings of the stage, beside a detector's; registry null = the model stays. */
  ClassifierOptions options(InferenceConfig inference, RegistrySettings registry) {
    return stage(
        new InferenceOptions(
                model,
                inference.engine(),
                batching(batch, linger, inference.decodeThreads()),
                capacity,
                timeout)
            .following(registry),
        on,
        new Choice(topK, minScore),
        new CropRule(labels, minObjectScore, maxCrops));
  }

  private static ClassifierOptions stage(
      InferenceOptions inference, String on, Choice choice, CropRule crops) {
    Subject subject = on.equals("frame") ? Subject.FRAME : Subject.CROP;
    return new ClassifierOptions(inference, subject, choice, crops);
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
