package io.alcedo.training.train;

import io.alcedo.training.detection.RegionCnnConfig;
import java.nio.file.Path;
import java.util.List;

/**
 * A training run of a detector.
 *
 * @param name of the model
 * @param licence of the weights
 * @param network its shape; the slim detector if left out
 * @param start weights to begin with; all anew if left out
 * @param data where pictures come from
 * @param validation pictures that decide which weights are kept; never trained on
 * @param minScale smallest scale of a picture over its letterboxed size
 * @param maxScale largest
 * @param optimizer rate, decay, averages
 * @param schedule how long, and how the rate changes
 * @param run batch size, seed, threads, checkpoints
 */
public record DetectorTrainingConfig(
    String name,
    String licence,
    RegionCnnConfig network,
    StartConfig start,
    List<DataConfig> data,
    List<DataConfig> validation,
    Double minScale,
    Double maxScale,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {

  public DetectorTrainingConfig {
    name = Checked.name(name);
    if (data == null || data.isEmpty()) {
      throw new IllegalArgumentException("data is missing, expected at least one source");
    }
    if (schedule == null) {
      throw new IllegalArgumentException("schedule is missing, expected epochs or steps");
    }
    licence = licence == null ? "Apache-2.0" : licence;
    network = network == null ? RegionCnnConfig.slim() : network;
    data = List.copyOf(data);
    validation = validation == null ? List.of() : List.copyOf(validation);
    minScale = minScale == null ? 0.6 : minScale;
    maxScale = maxScale == null ? 1.8 : maxScale;
    if (!(minScale > 0 && maxScale > minScale)) {
      throw new IllegalArgumentException(
          "minScale is %s and maxScale %s, expected 0 < minScale < maxScale"
              .formatted(minScale, maxScale));
    }
    optimizer =
        optimizer == null ? new OptimizerConfig(null, null, null, null, null, null) : optimizer;
    run = run == null ? new RunConfig(null, null, null, null, null) : run;
  }

  TrainingPlan plan(Path base) {
    return new TrainingPlan(base, start, optimizer, schedule, run);
  }
}
