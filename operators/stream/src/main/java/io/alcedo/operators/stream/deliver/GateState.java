package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;

/**
 * What of one alert has passed.
 *
 * @param v version of this layout, {@link #VERSION}
 * @param raised whether it was seen raised
 * @param acknowledged whether it was seen acknowledged
 * @param resolved whether it was seen resolved
 */
public record GateState(int v, boolean raised, boolean acknowledged, boolean resolved) {
  public static final int VERSION = 1;
  static final GateState START = new GateState(VERSION, false, false, false);

  /**
   * Checks a restored state.
   *
   * @throws IllegalStateException if another version of Alcedo wrote it
   */
  GateState requireKnownVersion() {
    if (v != VERSION) {
      throw new IllegalStateException(
          "state of the alerts' delivery has version %d, this Alcedo reads version %d: restore it with the Alcedo that wrote it, or start without it"
              .formatted(v, VERSION));
    }
    return this;
  }

  boolean has(Alert.State state) {
    return switch (state) {
      case RAISED -> raised;
      case ACKNOWLEDGED -> acknowledged;
      case RESOLVED -> resolved;
    };
  }

  GateState with(Alert.State state) {
    return new GateState(
        VERSION,
        raised || state == Alert.State.RAISED,
        acknowledged || state == Alert.State.ACKNOWLEDGED,
        resolved || state == Alert.State.RESOLVED);
  }
}
