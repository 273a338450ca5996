package io.alcedo.jobs;

import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.time.Duration;

/**
 * The block {@code encoder} of a job's YAML: a model that makes a vector of every crop. It runs on
 * the device and threads of {@code inference}.
 *
 * @param model an encoder's directory or the path of its weights, on every TaskManager; where a
 *     registry is followed, what serves until a version is deployed
 * @param batch most crops of one inference; default 16
 * @param linger longest wait for a batch to fill; default 20ms
 * @param capacity most crops in flight of one subtask; default three batches
 * @param timeout a crop that is not embedded by then is dead; default 1min
 */
public record EncoderConfig(
    String model, Integer batch, Duration linger, Integer capacity, Duration timeout) {
  private static final int BATCH = 16;

  public EncoderConfig {
    if (model == null || model.isBlank()) {
      throw new IllegalArgumentException("model is missing, expected an encoder's directory");
    }
    batch = batch == null ? BATCH : batch;
    linger = linger == null ? BatchOptions.DEFAULT.linger() : linger;
    capacity = capacity == null ? 3 * batch : capacity;
    timeout = timeout == null ? Duration.ofMinutes(1) : timeout;
    // Refuses what is out of range.
    var unused =
        new InferenceOptions(
            model, EngineOptions.DEFAULT, batching(batch, linger, 1), capacity, timeout);
  }

  /** Nothing but defaults for a model. */
  public static EncoderConfig of(String model) {
    return new EncoderConfig(model, null, null, null, null);
  }

  /** The same with another model. */
  public EncoderConfig withModel(String other) {
    return new EncoderConfig(other, batch, linger, capacity, timeout);
  }

  /** The settings of the stage, beside a detector's. */
  InferenceOptions options(InferenceConfig inference) {
    return new InferenceOptions(
        model,
        inference.engine(),
        batching(batch, linger, inference.decodeThreads()),
        capacity,
        timeout);
  }

  private static BatchOptions batching(int batch, Duration linger, int decodeThreads) {
    return new BatchOptions(
        batch,
        linger,
        decodeThreads,
        BatchOptions.DEFAULT.maxWaiting(),
        BatchOptions.DEFAULT.maxWaitingBytes(),
        Freshness.EVERY_FRAME,
        null);
  }
}
