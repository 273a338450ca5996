package io.alcedo.app.replay;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Counts what a replay says. */
public final class ReplayCounts {
  private final Set<String> cameras = new TreeSet<>();
  private final Set<String> sessions = new HashSet<>();
  private final Set<String> ended = new HashSet<>();
  private long lines;
  private long frames;
  private long raised;
  private long resolved;
  private long rows;
  private long deadLetters;

  ReplayCounts() {}

  /**
   * Counts a line.
   *
   * @return whether it is about a frame
   */
  boolean add(DetectionLine line) {
    String session = line.frame().camera() + "/" + line.frame().session();
    cameras.add(line.frame().camera());
    sessions.add(session);
    if (line.status() == LineStatus.END) {
      ended.add(session);
    }
    lines++;
    frames += line.status().isFrame() ? 1 : 0;
    return line.status().isFrame();
  }

  void add(Alert alert) {
    if (alert.state() == Alert.State.RAISED) {
      raised++;
    } else {
      resolved++;
    }
  }

  void addRow() {
    rows++;
  }

  void addDeadLetter() {
    deadLetters++;
  }

  /** Lines in order, each once. */
  public long lines() {
    return lines;
  }

  /** Alerts that were raised. */
  public long alerts() {
    return raised;
  }

  /** For people. */
  public List<String> summary() {
    List<String> summary = new ArrayList<>();
    summary.add(
        "lines %d, %d of them of frames, of %d cameras; alerts %d raised, %d resolved; analytics %d rows"
            .formatted(lines, frames, cameras.size(), raised, resolved, rows));
    if (deadLetters > 0) {
      summary.add("dead letters (their topic says why) %d".formatted(deadLetters));
    }
    int open = sessions.size() - ended.size();
    if (open > 0) {
      summary.add(
          "%d of %d sessions go on behind the end: windows and alerts that were open then stay so"
              .formatted(open, sessions.size()));
    }
    return summary;
  }
}
