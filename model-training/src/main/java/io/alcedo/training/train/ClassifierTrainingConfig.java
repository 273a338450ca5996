package io.alcedo.training.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.classification.ClassifierConfig.Family;
import io.alcedo.training.data.PadCrop;
import io.alcedo.training.data.PictureView;
import io.alcedo.training.data.ResizedCrop;
import io.alcedo.training.model.NetworkSpec;
import java.nio.file.Path;
import java.util.List;

/**
 * A training run of a classifier.
 *
 * @param name of the model
 * @param licence of the weights
 * @param network its shape
 * @param start weights to begin with; all anew if left out
 * @param freeze beginnings of the names of parameters that do not train, as in {@code conv1}; batch
 *     norms that learn statistics still do, so freeze with frozen norms
 * @param data where pictures come from
 * @param augmentation how they come onto the canvas; by the network's family if left out
 * @param labelSmoothing share of the truth that is spread over all classes (Szegedy et al. 2016,
 *     section 7)
 * @param optimizer rate, decay, averages
 * @param schedule how long, and how the rate changes
 * @param run batch size, seed, threads, checkpoints
 */
public record ClassifierTrainingConfig(
    String name,
    String licence,
    ClassifierConfig network,
    StartConfig start,
    List<String> freeze,
    Data data,
    Views augmentation,
    Double labelSmoothing,
    OptimizerConfig optimizer,
    ScheduleConfig schedule,
    RunConfig run) {
  private static final int RIM = 4;

  /**
   * Pictures in a folder for each class. Paths are relative to the configuration's folder, and may
   * be of a zip.
   *
   * @param folder pictures to learn
   * @param validation pictures that decide which weights are kept; if left out, some of the folder
   * @param heldOut how many of the folder, where validation is left out; they are not learned, and
   *     are the same for every training with this number
   */
  public record Data(String folder, String validation, Integer heldOut) {
    public Data {
      if (folder == null) {
        throw new IllegalArgumentException("folder is missing, expected a folder or a zip");
      }
      if ((validation == null) == (heldOut == null)) {
        throw new IllegalArgumentException("expected either validation or heldOut");
      }
      heldOut = Checked.atLeast("heldOut", heldOut, 0, 0);
    }
  }

  /** How pictures come onto the canvas. */
  public enum Views {
    /** {@link PadCrop} with a rim of 4 px. */
    @JsonProperty("pad-crop")
    PAD_CROP("pad-crop"),
    /** {@link ResizedCrop}. */
    @JsonProperty("resized-crop")
    RESIZED_CROP("resized-crop");

    private final String code;

    Views(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public ClassifierTrainingConfig {
    name = Checked.name(name);
    require("network", network, "family and depth");
    require("data", data, "a folder of pictures");
    require("schedule", schedule, "epochs or steps");
    freeze = freeze == null ? List.of() : List.copyOf(freeze);
    licence = licence == null ? "Apache-2.0" : licence;
    augmentation = augmentation == null ? usual(network.family()) : augmentation;
    labelSmoothing = Checked.number("labelSmoothing", labelSmoothing, 0, 0, 0.99);
    optimizer = optimizer == null ? OptimizerConfig.DEFAULT : optimizer;
    run = run == null ? new RunConfig(null, null, null, null, null) : run;
  }

  private static void require(String key, Object value, String expected) {
    if (value == null) {
      throw new IllegalArgumentException("%s is missing, expected %s".formatted(key, expected));
    }
  }

  private static Views usual(Family family) {
    return family == Family.IMAGENET ? Views.RESIZED_CROP : Views.PAD_CROP;
  }

  /** The same with names for classes that have none. */
  ClassifierTrainingConfig named(List<String> labels) {
    return new ClassifierTrainingConfig(
        name,
        licence,
        network.named(labels),
        start,
        freeze,
        data,
        augmentation,
        labelSmoothing,
        optimizer,
        schedule,
        run);
  }

  PictureView view() {
    return augmentation == Views.PAD_CROP
        ? new PadCrop(network.side(), RIM)
        : new ResizedCrop(network.side());
  }

  TrainingPlan plan(Path base) {
    return new TrainingPlan(base, start, freeze, optimizer, schedule, run);
  }

  TrainedModel trained() {
    return new TrainedModel(
        NetworkSpec.of(network), name, licence, schedule.length(), run.batchSize());
  }
}
