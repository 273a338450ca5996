package io.alcedo.operators.stream.rules;

import java.time.Instant;

/**
 * Where one rule's state machine stands for one camera.
 *
 * @param phase explicit code, given by the rule
 * @param since event time from which the condition holds, or null
 * @param seen event time at which it held last, or null
 * @param until event time at which the phase ends, or null
 * @param opening detection id that opened it, or null
 */
public record RuleState(int phase, Instant since, Instant seen, Instant until, String opening) {
  /** Nothing has happened. */
  public static final int IDLE = 0;

  public static final RuleState START = new RuleState(IDLE, null, null, null, null);
}
