package io.alcedo.training.train;

import io.alcedo.training.detection.DetectionLosses.Options;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.model.NetworkSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * A training run of a detector.
 *
 * @param name of the model
 * @param licence of the weights
 * @param network its shape; the slim detector if left out
 * @param start weights to begin with; all anew if left out
 * @param freeze beginnings of the names of parameters that do not train, as in {@code conv1}; batch
 *     norms that learn statistics still do, so freeze with frozen norms
 * @param data where pictures come from
 * @param validation pictures that decide which weights are kept; never trained on
 * @param minScale smallest scale of a picture over its letterboxed size
 * @param maxScale largest
 * @param colorJitter whether colours and brightness change at random
 * @param sampling which anchors and regions of a picture are learned
 * @param optimizer rate, decay, averages
 * @param schedule how long, and how the rate changes
 * @param run batch size, seed, threads, checkpoints
 */
public record DetectorTrainingConfig(
    String name,
    String licence,
    RegionCnnConfig network,
    StartConfig start,
    List<String> freeze,
    List<DataConfig> data,
    List<DataConfig> validation,
    Double minScale,
    Double maxScale,
    Boolean colorJitter,
    Sampling sampling,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {

  /**
   * What is learned of a picture; torchvision has 256, 2000, 2000, 512 and 0.25.
   *
   * @param anchors drawn for the proposal network, half of them positive at most
   * @param proposalsPerLevel candidates before suppression
   * @param proposals after it
   * @param regions drawn of them for the heads
   * @param positiveRegions share of those at most
   */
  public record Sampling(
      Integer anchors,
      Integer proposalsPerLevel,
      Integer proposals,
      Integer regions,
      Double positiveRegions) {
    public Sampling {
      Options slim = Options.SLIM;
      anchors = Checked.atLeast("anchors", anchors, slim.anchors(), 2);
      proposalsPerLevel =
          Checked.atLeast("proposalsPerLevel", proposalsPerLevel, slim.proposalsPerLevel(), 1);
      proposals = Checked.atLeast("proposals", proposals, slim.proposals(), 1);
      regions = Checked.atLeast("regions", regions, slim.regions(), 1);
      positiveRegions =
          Checked.number("positiveRegions", positiveRegions, slim.positiveRegions(), 0, 1);
    }

    Options options() {
      return new Options(anchors, proposalsPerLevel, proposals, regions, positiveRegions);
    }
  }

  public DetectorTrainingConfig {
    name = Checked.name(name);
    if (data == null || data.isEmpty()) {
      throw new IllegalArgumentException("data is missing, expected at least one source");
    }
    if (schedule == null) {
      throw new IllegalArgumentException("schedule is missing, expected epochs or steps");
    }
    freeze = freeze == null ? List.of() : List.copyOf(freeze);
    licence = licence == null ? "Apache-2.0" : licence;
    network = network == null ? RegionCnnConfig.slim() : network;
    data = List.copyOf(data);
    validation = validation == null ? List.of() : List.copyOf(validation);
    minScale = minScale == null ? 0.6 : minScale;
    maxScale = maxScale == null ? 1.8 : maxScale;
    if (!(minScale > 0 && maxScale >= minScale)) {
      throw new IllegalArgumentException(
          "minScale is %s and maxScale %s, expected 0 < minScale <= maxScale"
              .formatted(minScale, maxScale));
    }
    colorJitter = colorJitter == null || colorJitter;
    sampling = sampling == null ? new Sampling(null, null, null, null, null) : sampling;
    optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
    run = run == null ? new RunConfig(null, null, null, null, null) : run;
  }

  TrainingPlan plan(Path base) {
    return new TrainingPlan(base, start, freeze, optimizer, schedule, run);
  }

  TrainedModel trained() {
    return new TrainedModel(
        NetworkSpec.of(network), name, licence, schedule.length(), run.batchSize());
  }
}
