package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.DetectionLine;
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
  private static final int FAULTY = 1;

  /** It was seen again when it had lasted. */
  private static final int HELD = 2;

  @Override
  public void step(Observation now, Memory memory, Consumer<Held> held) {
    DetectionLine line = now.line();
    Cell cell = memory.get("");
    cell = spec.type() == ConditionSpec.Type.OFFLINE ? offline(line, cell) : picture(line, cell);
    if (cell == null) {
      memory.remove("");
      return;
    }
    boolean isSeen = cell.phase() == FAULTY && isLookedAt(line);
    if (isSeen && now.hasLasted(cell.since(), spec.lasting())) {
      cell = cell.inPhase(HELD);
    }
    memory.put("", cell);
    if (cell.phase() == HELD) {
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
    return faulty(cell);
  }

  /** Whether the line tells of the fault; what nobody looked at proves and disproves nothing. */
  private boolean isLookedAt(DetectionLine line) {
    return switch (spec.type()) {
      case OFFLINE -> true;
      case CLOCK_SKEW -> line.status().isFrame();
      default -> line.picture() != null;
    };
  }

  /** Since the first picture that has the fault. */
  private Cell picture(DetectionLine line, Cell cell) {
    PictureFacts facts = line.picture();
    if (!isLookedAt(line)) {
      return cell;
    }
    if (spec.type() == ConditionSpec.Type.CLOCK_SKEW) {
      return kept(isSkewed(line.captureTime(), line.published()), line, cell);
    }
    if (spec.type() == ConditionSpec.Type.DARK) {
      boolean dark = facts.brightness() < spec.brightness() || facts.contrast() < spec.contrast();
      return kept(dark, line, cell);
    }
    boolean same = cell != null && cell.x() == (double) facts.checksum();
    return same
        ? faulty(cell)
        : Cell.since(line.captureTime(), line.frame().toString()).at((double) facts.checksum(), 0);
  }

  private static Cell kept(boolean faulty, DetectionLine line, Cell cell) {
    if (!faulty) {
      return null;
    }
    return cell == null ? faulty(Cell.since(line.captureTime(), line.frame().toString())) : cell;
  }

  private static Cell faulty(Cell cell) {
    return cell.phase() == HELD ? cell : cell.inPhase(FAULTY);
  }

  private boolean isSkewed(Instant captured, Instant published) {
    return Duration.between(captured, published).abs().compareTo(spec.skew()) > 0;
  }

  @Override
  public boolean isMoment() {
    return false;
  }
}
