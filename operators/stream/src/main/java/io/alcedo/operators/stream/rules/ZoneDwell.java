package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.rules.RuleSpec.Anchor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Some object of a class is inside a zone for a time.
 *
 * <pre>
 *          object inside               inside for the duration: ALERT
 *   idle ────────────────► dwelling ───────────────────────────────► cooldown
 *    ▲                        │ nobody seen for the gap tolerance       │
 *    └────────────────────────┴─────────────────────────────────────────┘ over
 * </pre>
 *
 * It fires at a frame that shows the object, never at a heartbeat, since an alert names what is
 * seen. Dropped and dead frames show nothing and disprove nothing. After the cooldown a stay begins
 * anew. Without tracks, one person who replaces another goes on with the same stay. Where time
 * jumps back, as when a file is played again, the rule starts over.
 */
record ZoneDwell(RuleSpec spec) implements Rule {
  private static final int DWELLING = 1;
  private static final int COOLDOWN = 2;

  @Override
  public RuleState step(RuleState state, DetectionLine line, Consumer<Alert> alerts) {
    Instant now = line.captureTime();
    RuleState current = atTime(state, now);
    if (line.status() != LineStatus.OK || current.phase() == COOLDOWN) {
      return current;
    }
    List<DetectedObject> inside = inside(line);
    if (inside.isEmpty()) {
      return current;
    }
    RuleState stay =
        current.phase() == DWELLING
            ? new RuleState(DWELLING, current.since(), now, null, current.opening())
            : new RuleState(DWELLING, now, now, null, inside.get(0).id());
    if (Duration.between(stay.since(), now).compareTo(spec.duration()) < 0) {
      return stay;
    }
    alerts.accept(alert(stay, line, inside));
    return new RuleState(COOLDOWN, null, now, now.plus(spec.cooldown()), null);
  }

  /** What time alone changes. */
  private RuleState atTime(RuleState state, Instant now) {
    boolean over =
        switch (state.phase()) {
          case DWELLING -> Duration.between(state.seen(), now).compareTo(spec.gapTolerance()) > 0;
          case COOLDOWN -> !now.isBefore(state.until());
          default -> false;
        };
    boolean wentBack = state.seen() != null && now.isBefore(state.seen());
    return over || wentBack ? RuleState.START : state;
  }

  private List<DetectedObject> inside(DetectionLine line) {
    return line.objects().stream()
        .filter(object -> object.label().equals(spec.label()))
        .filter(object -> object.score() >= spec.minScore())
        .filter(object -> isInside(object.box(), line))
        .toList();
  }

  private boolean isInside(Box box, DetectionLine line) {
    double y = spec.anchor() == Anchor.CENTER ? box.centerY() : box.bottom();
    return spec.zone().contains(box.centerX(), y, line.width(), line.height());
  }

  private Alert alert(RuleState stay, DetectionLine line, List<DetectedObject> inside) {
    String camera = line.frame().camera();
    String zone = spec.zone().name();
    double seconds = Duration.between(stay.since(), line.captureTime()).toMillis() / 1000.0;
    return new Alert(
        AlertId.of(spec.version(), camera + "/" + zone, stay.opening()),
        spec.version(),
        spec.type().toString(),
        spec.severity().toString(),
        camera,
        zone,
        line.frame(),
        line.ref(),
        line.captureTime(),
        stay.since(),
        String.format(Locale.ROOT, "%s in %s for %.1f s", spec.label(), zone, seconds),
        inside.stream().map(DetectedObject::id).toList());
  }
}
