package io.alcedo.training.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.training.data.Positives;
import io.alcedo.training.moco.ContrastConfig;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.HeadConfig;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.ops.Norm;
import java.nio.file.Path;
import java.util.List;

/**
 * A training of an encoder by momentum contrast.
 *
 * @param name of the model
 * @param licence of the weights
 * @param network its shape
 * @param contrast what is contrasted with what
 * @param start weights to begin with; all anew if left out
 * @param freeze beginnings of the names of parameters that do not train
 * @param data where pictures come from
 * @param folders what each folder of pictures is; a class serves only for looking at the encoder
 * @param positives what a query is drawn to
 * @param augmentation how a picture becomes two views
 * @param zeroResiduals whether the last norm of every block begins at 0 (Goyal et al. 2017)
 * @param optimizer rate, decay, trust
 * @param schedule how long, and how the rate changes
 * @param run batch size, seed, threads, checkpoints
 */
public record MocoTrainingConfig(
    String name,
    String licence,
    EncoderConfig network,
    ContrastConfig contrast,
    StartConfig start,
    List<String> freeze,
    ClassifierTrainingConfig.Data data,
    Folders folders,
    Positives positives,
    ViewConfig augmentation,
    Boolean zeroResiduals,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {

  /** What the pictures of a folder have in common. */
  public enum Folders {
    /** A class, which is not learned. */
    @JsonProperty("classes")
    CLASSES("classes"),
    /**
     * A track: pictures of the same person, whose names tell camera and time. None is a negative of
     * another, and the encoder is judged by whether it finds people again.
     */
    @JsonProperty("tracks")
    TRACKS("tracks");

    private final String code;

    Folders(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public MocoTrainingConfig {
    name = Checked.name(name);
    require(network != null, "network is missing, expected family and depth");
    require(data != null, "data is missing, expected a folder of pictures");
    require(schedule != null, "schedule is missing, expected epochs or steps");
    freeze = freeze == null ? List.of() : List.copyOf(freeze);
    licence = licence == null ? "Apache-2.0" : licence;
    contrast =
        contrast == null ? new ContrastConfig(null, null, null, null, null, null, null) : contrast;
    augmentation =
        augmentation == null
            ? new ViewConfig(null, null, null, null, null, null, null)
            : augmentation;
    zeroResiduals = zeroResiduals != null && zeroResiduals;
    folders = folders == null ? Folders.CLASSES : folders;
    positives = positives == null ? Positives.VIEWS : positives;
    optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
    run = run == null ? new RunConfig(null, null, null, null, null) : run;
    require(
        network.head().kind() != HeadConfig.Kind.NONE,
        "network.head.kind is none, expected linear, mlp or projector");
    require(
        positives == Positives.VIEWS || folders == Folders.TRACKS,
        "positives is track, expected views where folders are no tracks (folders: tracks)");
    require(
        contrast.predictor() == null || network.norm() != Norm.Kind.GROUP,
        "network.norm is group, expected batch or split with contrast.predictor, which has a batch"
            + " norm");
    require(
        network.norm() != Norm.Kind.SPLIT || run.batchSize() % network.splits() == 0,
        "run.batchSize is %d, expected a multiple of network.splits (%s)"
            .formatted(run.batchSize(), network.splits()));
    int keys = run.batchSize() * (contrast.symmetric() ? 2 : 1);
    require(
        contrast.queue() == 0 || contrast.queue() >= keys,
        "contrast.queue is %d, expected 0 or at least the %d keys of a step"
            .formatted(contrast.queue(), keys));
    require(run.batchSize() > 1, "run.batchSize is 1, expected 2 or more");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  TrainingPlan plan(Path base) {
    return new TrainingPlan(base, start, freeze, optimizer, schedule, run);
  }

  TrainedModel trained() {
    return new TrainedModel(
        NetworkSpec.of(network), name, licence, schedule.length(), run.batchSize());
  }
}
