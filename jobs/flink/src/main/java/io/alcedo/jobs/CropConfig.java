package io.alcedo.jobs;

import io.alcedo.operators.stream.crops.CropSelection;
import java.time.Duration;
import java.util.List;

/**
 * The block {@code crops} of a job's YAML: pictures of tracked objects are cut out and kept. Every
 * key may be left out.
 *
 * @param labels of objects of these classes; default all
 * @param interval the best picture of each track in so long; default 1s
 * @param minSide objects with a shorter side, px, are not cut; default 16
 */
public record CropConfig(List<String> labels, Duration interval, Integer minSide) {
  public static final CropConfig DEFAULT = new CropConfig(null, null, null);

  public CropConfig {
    labels = labels == null ? List.of() : List.copyOf(labels);
    interval = interval == null ? CropSelection.DEFAULT.interval() : interval;
    minSide = minSide == null ? CropSelection.DEFAULT.minSide() : minSide;
    var unused = new CropSelection(labels, interval, minSide); // refuses what is out of range
  }

  /** The settings of the stage. */
  public CropSelection selection() {
    return new CropSelection(labels, interval, minSide);
  }
}
