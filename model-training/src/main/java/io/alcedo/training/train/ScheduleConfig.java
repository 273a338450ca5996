package io.alcedo.training.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How long a run is and how its rate changes. Either {@code epochs} or {@code steps} is given; all
 * other lengths are counted in the same unit, and need not be whole.
 *
 * @param epochs passes over as many pictures as the data has
 * @param steps batches
 * @param warmup linear, from near 0 to the full rate
 * @param kind how the rate falls then
 * @param milestones where a multi-step rate falls
 * @param gamma by which it is multiplied there
 * @param last of a cosine, as a share of the full rate
 * @param validateEvery between two looks at the validation pictures
 */
public record ScheduleConfig(
    Integer epochs,
    Integer steps,
    Double warmup,
    Kind kind,
    List<Double> milestones,
    Double gamma,
    Double last,
    Double validateEvery) {

  /** How a rate falls. */
  public enum Kind {
    /** Half a cosine (Loshchilov and Hutter 2017, without restarts). */
    @JsonProperty("cosine")
    COSINE("cosine"),
    /** By a factor at milestones, as in He et al. 2015. */
    @JsonProperty("multi-step")
    MULTI_STEP("multi-step");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public ScheduleConfig {
    if ((epochs == null) == (steps == null)) {
      throw new IllegalArgumentException("expected either epochs or steps");
    }
    if (epochs != null) {
      Checked.atLeast("epochs", epochs, 1, 1);
    } else {
      Checked.atLeast("steps", steps, 1, 1);
    }
    warmup = Checked.number("warmup", warmup, 0, 0, Integer.MAX_VALUE);
    kind = kind == null ? Kind.COSINE : kind;
    milestones = milestones == null ? List.of() : List.copyOf(milestones);
    if (milestones.isEmpty() != (kind == Kind.COSINE)) {
      throw new IllegalArgumentException(
          "milestones is %s, expected %s"
              .formatted(
                  milestones, kind == Kind.COSINE ? "none with a cosine" : "one or more numbers"));
    }
    gamma = Checked.number("gamma", gamma, 0.1, 0, 1);
    last = Checked.number("last", last, 0, 0, 1);
    validateEvery =
        Checked.number(
            "validateEvery",
            validateEvery,
            epochs == null ? 250 : 1,
            Double.MIN_VALUE,
            Integer.MAX_VALUE);
  }

  /** For people, as in {@code 40 epochs}. */
  String length() {
    return epochs == null ? steps + " steps" : epochs + " epochs";
  }
}
