package io.alcedo.training.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.training.data.ContrastiveView;
import io.alcedo.training.data.RandomColors;
import java.util.List;

/**
 * How a picture becomes two views: a published recipe, of which single values may differ.
 *
 * @param recipe the published one
 * @param leastArea smallest part of the picture's area that a view shows, 0 to 1
 * @param jitter brightness, contrast, saturation and hue
 * @param jitterShare of the views whose colours change
 * @param grey share of the views without colours
 * @param blur share of the first and of the second views that are blurred
 * @param solarize share of the first and of the second views whose bright half is inverted
 */
public record ViewConfig(
    Recipe recipe,
    Double leastArea,
    List<Double> jitter,
    Double jitterShare,
    Double grey,
    List<Double> blur,
    List<Double> solarize) {
  private static final int VIEWS = 2;
  private static final int COLORS = 4;
  private static final double GREY = 0.2;

  /** Published augmentations. */
  public enum Recipe {
    /** He et al. 2020: grey before colours, which always change. */
    @JsonProperty("moco-v1")
    MOCO_V1("moco-v1"),
    /** Chen et al. 2020. */
    @JsonProperty("moco-v2")
    MOCO_V2("moco-v2"),
    /** Chen et al. 2021, after BYOL: the two views differ. */
    @JsonProperty("moco-v3")
    MOCO_V3("moco-v3"),
    /** MoCo's demo on CIFAR-10. */
    @JsonProperty("moco-cifar")
    MOCO_CIFAR("moco-cifar");

    private final String code;

    Recipe(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }

    private double leastArea() {
      return this == MOCO_CIFAR ? 0.08 : 0.2;
    }

    private List<Double> jitter() {
      return switch (this) {
        case MOCO_V1 -> List.of(0.4, 0.4, 0.4, 0.4);
        case MOCO_V2, MOCO_CIFAR -> List.of(0.4, 0.4, 0.4, 0.1);
        case MOCO_V3 -> List.of(0.4, 0.4, 0.2, 0.1);
      };
    }

    private double jitterShare() {
      return this == MOCO_V1 ? 1 : 0.8;
    }

    private List<Double> blur() {
      return switch (this) {
        case MOCO_V1, MOCO_CIFAR -> List.of(0.0, 0.0);
        case MOCO_V2 -> List.of(0.5, 0.5);
        case MOCO_V3 -> List.of(1.0, 0.1);
      };
    }

    private List<Double> solarize() {
      return this == MOCO_V3 ? List.of(0.0, 0.2) : List.of(0.0, 0.0);
    }
  }

  public ViewConfig {
    recipe = recipe == null ? Recipe.MOCO_V2 : recipe;
    leastArea = Checked.number("leastArea", leastArea, recipe.leastArea(), 0.001, 0.999);
    jitter = shares("jitter", jitter, recipe.jitter(), COLORS);
    if (jitter.get(COLORS - 1) > 0.5) {
      throw new IllegalArgumentException(
          "jitter is %s, expected a hue of at most 0.5".formatted(jitter));
    }
    jitterShare = Checked.number("jitterShare", jitterShare, recipe.jitterShare(), 0, 1);
    grey = Checked.number("grey", grey, GREY, 0, 1);
    blur = shares("blur", blur, recipe.blur(), VIEWS);
    solarize = shares("solarize", solarize, recipe.solarize(), VIEWS);
  }

  private static List<Double> shares(
      String key, List<Double> values, List<Double> otherwise, int count) {
    List<Double> chosen = values == null ? otherwise : List.copyOf(values);
    if (chosen.size() != count || chosen.stream().anyMatch(value -> !(value >= 0 && value <= 1))) {
      throw new IllegalArgumentException(
          "%s is %s, expected %d numbers from 0 to 1".formatted(key, chosen, count));
    }
    return chosen;
  }

  /**
   * One of the two views.
   *
   * @param index 0 or 1
   * @param width of the canvas, px
   * @param height of the canvas, px
   */
  public ContrastiveView view(int index, int width, int height) {
    return new ContrastiveView(
        width,
        height,
        leastArea,
        new RandomColors(jitter.get(0), jitter.get(1), jitter.get(2), jitter.get(3)),
        jitterShare,
        grey,
        recipe == Recipe.MOCO_V1,
        blur.get(index),
        solarize.get(index));
  }
}
