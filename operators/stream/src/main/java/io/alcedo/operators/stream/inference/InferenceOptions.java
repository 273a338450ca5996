package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.registry.RegistrySettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * All settings of the inference stage.
 *
 * @param model a model directory or the path of its weights
 * @param engine how the model runs
 * @param batch how frames are gathered
 * @param capacity most records in flight of one subtask; they are part of every checkpoint
 * @param timeout a frame that has no result by then is dead
 * @param registry whose deployments are followed; null = the model stays
 */
public record InferenceOptions(
    String model,
    EngineOptions engine,
    BatchOptions batch,
    int capacity,
    Duration timeout,
    RegistrySettings registry)
    implements Serializable {
  public InferenceOptions {
    if (model == null || model.isBlank()) {
      throw new InvalidInputException(
          "model is missing: give a model directory or the path of its .onnx file");
    }
    if (capacity < 1) {
      throw new InvalidInputException(
          "capacity is %d, expected at least 1, better three batches (%d)"
              .formatted(capacity, 3 * batch.size()));
    }
    if (timeout == null || timeout.toMillis() < 1) {
      throw new InvalidInputException("timeout is %s, expected more than 0".formatted(timeout));
    }
  }

  /** Of a model that stays. */
  public InferenceOptions(
      String model, EngineOptions engine, BatchOptions batch, int capacity, Duration timeout) {
    this(model, engine, batch, capacity, timeout, null);
  }

  /** The same for another model. */
  InferenceOptions withModel(String other) {
    return new InferenceOptions(other, engine, batch, capacity, timeout, registry);
  }

  /** The same, following a registry; null = the model stays. */
  public InferenceOptions following(RegistrySettings other) {
    return new InferenceOptions(model, engine, batch, capacity, timeout, other);
  }

  /** Defaults for a model: three batches in flight, a minute of patience. */
  public static InferenceOptions of(String model) {
    return of(model, EngineOptions.DEFAULT, BatchOptions.DEFAULT);
  }

  /** Three batches in flight, a minute of patience. */
  public static InferenceOptions of(String model, EngineOptions engine, BatchOptions batch) {
    return new InferenceOptions(model, engine, batch, 3 * batch.size(), Duration.ofMinutes(1));
  }
}
