package io.alcedo.operators.stream.rules;

import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.util.function.Consumer;

/**
 * One small state machine over the lines of one camera, in sequence order. A pure function of the
 * memory and the line: time is the lines' capture time, so a replay gives the same.
 */
interface Condition {

  /**
   * Takes one line.
   *
   * @param now the line, as the camera's scene shows it
   * @param memory this condition's cells, which it changes
   * @param held receives everything for which the condition holds now; of a moment, such as a
   *     crossing, at its line only
   */
  void step(Observation now, Memory memory, Consumer<Held> held);

  /** Whether it is true of moments; else it lasts, and its end is told too. */
  boolean isMoment();

  /** The state machine of a specification. */
  static Condition of(ConditionSpec spec) {
    return switch (spec.type()) {
      case APPEARS -> new Appearing(spec);
      case ENTERS -> new Entering(spec);
      case LEAVES -> new Leaving(spec);
      case DWELLS -> new Dwelling(spec);
      case CROSSES -> new Crossing(spec);
      case COUNT -> new Counting(spec);
      case OCCUPANCY -> new Occupancy(spec);
      case STATIONARY -> new Standing(spec);
      case SPEED -> new Speeding(spec);
      case NOVEL -> new Novel(spec);
      case ABSENT -> new Absence(spec);
      case SEQUENCE -> new Sequence(spec);
      case ANY -> new AnyOf(spec);
      case ALL -> new AllOf(spec);
      case OFFLINE, FROZEN, DARK, CLOCK_SKEW -> new CameraHealth(spec);
    };
  }
}
