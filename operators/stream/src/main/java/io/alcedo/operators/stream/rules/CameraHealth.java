package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.operators.stream.observe.Cell;
import io.alcedo.operators.stream.observe.Memory;
import io.alcedo.operators.stream.observe.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A camera itself is unwell for a time: it sends no frames though its publisher lives, the same
 * picture again and again to the last byte, pictures that are dark or of one colour, or times far
 * from those at which they are published.
 */
record CameraHealth(ConditionSpec spec) implements Condition {
  /** The fault was seen, and nothing has said otherwise since. */
  private static final int HELD = 1;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    DetectionLine line = now.line();
    if (line.status() == LineStatus.END) {
      memory.clear();
      return;
    }
    Cell cell = memory.get("");
    cell = spec.type() == ConditionSpec.Type.OFFLINE ? offline(line, cell) : picture(line, cell);
    if (cell == null) {
      memory.remove("");
      return;
    }
    boolean holds = cell.phase() == HELD && now.hasLasted(cell.since(), spec.lasting());
    memory.put("", cell);
    if (holds) {
      String text =
          String.format(
              Locale.ROOT, "%s for %.1f s", spec.type().fault(), now.secondsSince(cell.since()));
      held.accept(new Held("", cell.opening(), cell.since(), List.of(), text));
    }
  }

  /** Since the last frame, as long as there are heartbeats only. */
  private static Cell offline(DetectionLine line, Cell cell) {
    if (cell == null || line.status().isFrame()) {
      return Cell.since(line.captureTime(), line.frame().toString());
    }
    return cell.inPhase(HELD);
  }

  /** Since the first picture that has the fault; pictures that nobody looked at say nothing. */
  private Cell picture(DetectionLine line, Cell cell) {
    PictureFacts facts = line.picture();
    if (spec.type() == ConditionSpec.Type.CLOCK_SKEW) {
      return line.status().isFrame()
          ? kept(isSkewed(line.captureTime(), line.published()), line, cell)
          : cell;
    }
    if (facts == null) {
      return cell;
    }
    if (spec.type() == ConditionSpec.Type.DARK) {
      boolean dark = facts.brightness() < spec.brightness() || facts.contrast() < spec.contrast();
      return kept(dark, line, cell);
    }
    boolean same = cell != null && cell.x() == (double) facts.checksum();
    return same
        ? cell.inPhase(HELD)
        : Cell.since(line.captureTime(), line.frame().toString()).at((double) facts.checksum(), 0);
  }

  private static Cell kept(boolean faulty, DetectionLine line, Cell cell) {
    if (!faulty) {
      return null;
    }
    return cell == null
        ? Cell.since(line.captureTime(), line.frame().toString()).inPhase(HELD)
        : cell;
  }

  private boolean isSkewed(Instant captured, Instant published) {
    return Duration.between(captured, published).abs().compareTo(spec.skew()) > 0;
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
