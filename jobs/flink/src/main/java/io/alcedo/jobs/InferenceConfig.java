package io.alcedo.jobs;

import io.alcedo.operators.stream.inference.BatchOptions;
import io.alcedo.operators.stream.inference.BatchOptions.Freshness;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.InferenceOptions;
import java.time.Duration;

/**
 * The block {@code inference} of a job's YAML; every key may be left out.
 *
 * @param device auto, cpu, cuda:N or tensorrt:N; default auto
 * @param threads of one inference on a CPU; default: as many as there are cores
 * @param batch most frames of one inference; default 4
 * @param linger longest wait for a batch to fill; default 20ms
 * @param decodeThreads default 1
 * @param capacity most records in flight of one subtask; default three batches, in mode latest
 *     sixteen: frames are superseded only while they are in flight
 * @param mode every-frame or latest; default every-frame
 * @param staleAfter a frame published longer ago is dropped; default: never
 * @param timeout a frame that has no result by then is dead; default 1min
 */
public record InferenceConfig(
    String device,
    Integer threads,
    Integer batch,
    Duration linger,
    Integer decodeThreads,
    Integer capacity,
    String mode,
    Duration staleAfter,
    Duration timeout) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  public static final InferenceConfig DEFAULT =
      new InferenceConfig(null, null, null, null, null, null, null, null, null);

  public InferenceConfig {
    device = device == null ? "auto" : device;
    threads = threads == null ? 0 : threads;
    batch = batch == null ? BatchOptions.DEFAULT.size() : batch;
    linger = linger == null ? BatchOptions.DEFAULT.linger() : linger;
    decodeThreads = decodeThreads == null ? BatchOptions.DEFAULT.decodeThreads() : decodeThreads;
    timeout = timeout == null ? PATIENCE : timeout;
    if (mode != null && !mode.equals("every-frame") && !mode.equals("latest")) {
      throw new IllegalArgumentException(
          "mode is '%s', expected every-frame or latest".formatted(mode));
    }
    batching(batch, linger, decodeThreads, mode, staleAfter); // refuses what is out of range
    Device.parse(device);
  }

  /** The same, with a mode if none was chosen. */
  public InferenceConfig withDefaultMode(String otherwise) {
    return new InferenceConfig(
        device,
        threads,
        batch,
        linger,
        decodeThreads,
        capacity,
        mode == null ? otherwise : mode,
        staleAfter,
        timeout);
  }

  /** The same for frames that were recorded: every one, and none is too old. */
  public InferenceConfig ofThePast() {
    return new InferenceConfig(
        device, threads, batch, linger, decodeThreads, capacity, "every-frame", null, timeout);
  }

  /** How models run. */
  EngineOptions engine() {
    return new EngineOptions(Device.parse(device), threads, true);
  }

  /** The settings of the stage, for one model. */
  public InferenceOptions options(String model) {
    return new InferenceOptions(
        model,
        engine(),
        batching(batch, linger, decodeThreads, mode, staleAfter),
        capacity == null ? (isLatest(mode) ? 16 : 3) * batch : capacity,
        timeout);
  }

  private static boolean isLatest(String mode) {
    return "latest".equals(mode);
  }

  private static BatchOptions batching(
      int batch, Duration linger, int decodeThreads, String mode, Duration staleAfter) {
    BatchOptions defaults = BatchOptions.DEFAULT;
    return new BatchOptions(
        batch,
        linger,
        decodeThreads,
        defaults.maxWaiting(),
        defaults.maxWaitingBytes(),
        isLatest(mode) ? Freshness.LATEST : Freshness.EVERY_FRAME,
        staleAfter);
  }
}
