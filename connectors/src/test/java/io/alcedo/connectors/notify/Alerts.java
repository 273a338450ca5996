package io.alcedo.connectors.notify;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.List;

/** Alerts for tests. */
public final class Alerts {
  private static final Instant TIME = Instant.parse("2026-11-23T15:04:05Z");

  private Alerts() {}

  /** Somebody loiters at the gate. */
  public static Alert raised(String id) {
    return alert(id, Alert.State.RAISED);
  }

  /** Nobody does any more. */
  public static Alert resolved(String id) {
    return alert(id, Alert.State.RESOLVED);
  }

  private static Alert alert(String id, Alert.State state) {
    return new Alert(
        id,
        state,
        false,
        "loiter@3",
        "dwells",
        "warning",
        "gate",
        "yard",
        null,
        "gate/01JDEMO/3#1",
        new FrameId("gate", "01JDEMO", 17),
        new FrameRef("frames", 3, 9912),
        TIME,
        TIME.minusSeconds(30),
        "person in yard for 30.0 s",
        List.of(
            new Alert.Subject(
                "gate/01JDEMO/17#0", "gate/01JDEMO/3#1", "person", 0.9, new Box(10, 20, 30, 60))),
        null);
  }
}
