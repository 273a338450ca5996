package io.alcedo.training.train;

import io.alcedo.training.detection.RegionCnnConfig;
import java.time.Duration;
import java.util.List;

/**
 * A training run of a Mask R-CNN.
 *
 * @param name of the model
 * @param licence of the weights
 * @param network its shape; the slim detector if left out
 * @param start weights to begin with; all anew if left out
 * @param data where pictures come from
 * @param validation pictures that decide which weights are kept; never trained on
 * @param validateEvery steps between two looks at them
 * @param averageDecay of the running average of the weights, which is what is exported
 * @param seed of everything random
 * @param batchSize pictures a step
 * @param steps in all
 * @param warmup steps of linear warm-up
 * @param rate highest learning rate
 * @param momentum of SGD
 * @param weightDecay of weights that are no bias and no normalisation
 * @param maxGradientNorm gradients are scaled down to it
 * @param minScale smallest scale of a picture over its letterboxed size
 * @param maxScale largest
 * @param threads of libtorch; part of what makes a run repeatable
 * @param checkpointEvery how often the run is saved
 */
public record DetectorTrainingConfig(
    String name,
    String licence,
    RegionCnnConfig network,
    Start start,
    List<DataConfig> data,
    List<DataConfig> validation,
    Integer validateEvery,
    Double averageDecay,
    Long seed,
    Integer batchSize,
    Integer steps,
    Integer warmup,
    Double rate,
    Double momentum,
    Double weightDecay,
    Double maxGradientNorm,
    Double minScale,
    Double maxScale,
    Integer threads,
    Duration checkpointEvery) {

  /**
   * Weights to begin with.
   *
   * @param weights a run's {@code best.safetensors} or {@code weights.safetensors}, relative to the
   *     configuration's folder
   * @param except parameters whose names begin so begin anew
   */
  public record Start(String weights, List<String> except) {
    public Start {
      if (weights == null) {
        throw new IllegalArgumentException(
            "weights is missing, expected the path of a safetensors file");
      }
      except = except == null ? List.of() : List.copyOf(except);
    }
  }

  public DetectorTrainingConfig {
    if (name == null || !name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "name is '%s', expected 1 to 64 small letters, digits or '-'".formatted(name));
    }
    if (data == null || data.isEmpty()) {
      throw new IllegalArgumentException("data is missing, expected at least one source");
    }
    licence = licence == null ? "Apache-2.0" : licence;
    network = network == null ? RegionCnnConfig.slim() : network;
    data = List.copyOf(data);
    validation = validation == null ? List.of() : List.copyOf(validation);
    validateEvery = atLeast("validateEvery", validateEvery, 250, 1);
    averageDecay = averageDecay == null ? 0.998 : averageDecay;
    if (!(averageDecay >= 0 && averageDecay < 1)) {
      throw new IllegalArgumentException(
          "averageDecay is %s, expected 0 to below 1".formatted(averageDecay));
    }
    seed = seed == null ? 1 : seed;
    batchSize = atLeast("batchSize", batchSize, 8, 1);
    steps = atLeast("steps", steps, 1500, 1);
    warmup = atLeast("warmup", warmup, 100, 0);
    rate = rate == null ? 0.02 : rate;
    momentum = momentum == null ? 0.9 : momentum;
    weightDecay = weightDecay == null ? 1e-4 : weightDecay;
    maxGradientNorm = maxGradientNorm == null ? 10 : maxGradientNorm;
    minScale = minScale == null ? 0.6 : minScale;
    maxScale = maxScale == null ? 1.8 : maxScale;
    threads =
        atLeast("threads", threads, Math.max(1, Runtime.getRuntime().availableProcessors()), 1);
    checkpointEvery = checkpointEvery == null ? Duration.ofMinutes(3) : checkpointEvery;
    if (!(minScale > 0 && maxScale > minScale)) {
      throw new IllegalArgumentException(
          "minScale is %s and maxScale %s, expected 0 < minScale < maxScale"
              .formatted(minScale, maxScale));
    }
  }

  private static int atLeast(String key, Integer value, int otherwise, int least) {
    int chosen = value == null ? otherwise : value;
    if (chosen < least) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d or more".formatted(key, chosen, least));
    }
    return chosen;
  }
}
