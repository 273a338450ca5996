package io.alcedo.operators.stream.sequence;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Brings the lines of one camera into the order of their sequence, each once. In-flight frames are
 * dealt to other subtasks when a job is rescaled, so a few lines may come early; repeats come from
 * a publisher that sent twice. A pure function of the state and the line: no clock.
 *
 * <p>A missing line is given up when {@code maxWaiting} lines wait behind it, or when those that
 * wait span more than {@code maxSpan} of event time, or when its session ends or a new one begins.
 *
 * <p>Accounting: lines in = lines released + repeats + lines waiting.
 */
public record Resequencer(int maxWaiting, Duration maxSpan) implements Serializable {
  public static final Resequencer DEFAULT = new Resequencer(256, Duration.ofSeconds(5));
  private static final int PAST_SESSIONS = 8;

  /** A heartbeat or an end stands before the frame whose sequence it names. */
  private static final Comparator<DetectionLine> ORDER =
      Comparator.<DetectionLine>comparingLong(line -> line.frame().sequence())
          .thenComparing(line -> line.status().isFrame())
          .thenComparing(DetectionLine::captureTime);

  /**
   * What one line brought about.
   *
   * @param state the state from now on
   * @param released lines whose turn it is
   * @param repeats lines that were dropped: seen before
   * @param missing frames that were given up
   */
  public record Step(
      SequenceState state, List<DetectionLine> released, int repeats, long missing) {}

  public Resequencer {
    if (maxWaiting < 1 || maxSpan.isNegative()) {
      throw new IllegalArgumentException(
          "re-sequencer needs a positive bound, got %d lines and %s"
              .formatted(maxWaiting, maxSpan));
    }
  }

  /**
   * Takes one line.
   *
   * @param state null before the camera's first line, whose sequence is taken as the beginning
   */
  public Step accept(SequenceState state, DetectionLine line) {
    String session = line.frame().session();
    Work work = new Work(state == null ? begin(session, line.frame().sequence()) : state);
    if (!session.equals(work.session)) {
      if (work.past.contains(session)) {
        return work.repeat();
      }
      work.giveUp(0, Duration.ZERO.minusNanos(1));
      work.turnTo(session);
    }
    if (work.isRepeat(line)) {
      return work.repeat();
    }
    work.insert(line);
    work.release();
    if (line.status() == LineStatus.END) {
      work.giveUp(0, Duration.ZERO.minusNanos(1)); // nobody would come to do it later
    } else {
      work.giveUp(maxWaiting, maxSpan);
    }
    return work.step(0);
  }

  /** Releases all that waits, as at the end of a bounded input. */
  public Step flush(SequenceState state) {
    Work work = new Work(state);
    work.giveUp(0, Duration.ZERO.minusNanos(1));
    return work.step(0);
  }

  private static SequenceState begin(String session, long sequence) {
    return new SequenceState(SequenceState.VERSION, session, sequence, null, List.of(), List.of());
  }

  /** A state being changed. */
  private static final class Work {
    private String session;
    private long next;
    private Instant time;
    private final List<DetectionLine> waiting;
    private final List<String> past;
    private final List<DetectionLine> released = new ArrayList<>(1);
    private long missing;

    Work(SequenceState state) {
      session = state.session();
      next = state.next();
      time = state.time();
      waiting = new ArrayList<>(state.waiting());
      past = new ArrayList<>(state.past());
    }

    boolean isRepeat(DetectionLine line) {
      long sequence = line.frame().sequence();
      boolean isFrame = line.status().isFrame();
      if (sequence < next || (!isFrame && sequence == next && isBeforeTheLast(line))) {
        return true;
      }
      return waiting.stream().anyMatch(other -> ORDER.compare(other, line) == 0)
          || (isFrame
              && waiting.stream()
                  .anyMatch(o -> o.status().isFrame() && o.frame().sequence() == sequence));
    }

    /** Says nothing while others are to come before it: one of them may set the clock back. */
    private boolean isBeforeTheLast(DetectionLine line) {
      return time != null && line.captureTime().isBefore(time);
    }

    void insert(DetectionLine line) {
      int at = waiting.size();
      while (at > 0 && ORDER.compare(waiting.get(at - 1), line) > 0) {
        at--;
      }
      waiting.add(at, line);
    }

    void release() {
      while (!waiting.isEmpty() && waiting.get(0).frame().sequence() <= next) {
        DetectionLine line = waiting.remove(0);
        next += line.status().isFrame() ? 1 : 0;
        time = line.captureTime();
        released.add(line);
      }
    }

    void giveUp(int most, Duration span) {
      while (!waiting.isEmpty() && (waiting.size() > most || span().compareTo(span) > 0)) {
        long first = waiting.get(0).frame().sequence();
        missing += first - next;
        next = first;
        release();
      }
    }

    private Duration span() {
      Instant first = waiting.get(0).captureTime();
      return Duration.between(first, waiting.get(waiting.size() - 1).captureTime());
    }

    void turnTo(String newSession) {
      past.add(session);
      if (past.size() > PAST_SESSIONS) {
        past.remove(0);
      }
      session = newSession;
      next = 0;
      time = null;
    }

    Step repeat() {
      return step(1);
    }

    Step step(int repeats) {
      SequenceState state =
          new SequenceState(SequenceState.VERSION, session, next, time, waiting, past);
      return new Step(state, released, repeats, missing);
    }
  }
}
