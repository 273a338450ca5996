package io.alcedo.jobs;

import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The detections of a camera that behaves as a test says: one person stands in the middle of its
 * picture of 100 x 100 px, all the time.
 */
final class ScriptedCamera {
  static final Instant START = Instant.parse("2026-11-23T15:00:00Z");

  private final String camera;
  private final int framesPerSecond;
  private final List<DetectionLine> lines = new ArrayList<>();
  private String session = "S1";
  private Instant base = START; // of frame 0 of the part that runs
  private long part;
  private long sequence;
  private Instant last = START;
  private int side = 100;

  ScriptedCamera(String camera, int framesPerSecond) {
    this.camera = camera;
    this.framesPerSecond = framesPerSecond;
  }

  /** So many frames, one after another. */
  ScriptedCamera frames(int count) {
    for (int i = 0; i < count; i++) {
      last = base.plus(part * 1_000_000 / framesPerSecond, ChronoUnit.MICROS);
      lines.add(line(LineStatus.OK, sequence));
      part++;
      sequence++;
    }
    return this;
  }

  /** The next frame is taken so much after the beginning. */
  ScriptedCamera at(double seconds) {
    base = START.plusNanos(Math.round(seconds * 1e9));
    part = 0;
    return this;
  }

  /** Frames have numbers, and come to nobody. */
  ScriptedCamera lose(int count) {
    int kept = lines.size();
    frames(count);
    lines.subList(kept, lines.size()).clear();
    return this;
  }

  /** Everything so far comes twice, line by line. */
  ScriptedCamera repeated() {
    List<DetectionLine> once = List.copyOf(lines);
    lines.clear();
    once.forEach(line -> lines.addAll(List.of(line, line)));
    return this;
  }

  /** Signs of life, a second apart, the first a second after the last frame. */
  ScriptedCamera heartbeats(int count) {
    for (int i = 0; i < count; i++) {
      last = last.plusSeconds(1);
      lines.add(line(LineStatus.HEARTBEAT, sequence));
    }
    return this;
  }

  /** Another start of the publisher. */
  ScriptedCamera session(String name) {
    session = name;
    sequence = 0;
    return this;
  }

  /** A frame of a session that is over comes late. */
  ScriptedCamera late(String ofSession, long ofSequence) {
    String now = session;
    session = ofSession;
    lines.add(line(LineStatus.OK, ofSequence));
    session = now;
    return this;
  }

  /** From here on the picture is so wide and high; it shows the same. */
  ScriptedCamera side(int px) {
    side = px;
    return this;
  }

  /** All that it sends, and the end of its session. */
  List<DetectionLine> end() {
    lines.add(line(LineStatus.END, sequence));
    return lines;
  }

  private DetectionLine line(LineStatus status, long number) {
    FrameId frame = new FrameId(camera, session, number);
    boolean shows = status == LineStatus.OK;
    Box box = new Box(0.45 * side, 0.4 * side, 0.1 * side, 0.2 * side);
    DetectedObject person =
        new DetectedObject(frame.objectId(0), "person", 0.9, box, null, List.of());
    return new DetectionLine(
        frame,
        new FrameRef("frames", 0, number),
        last,
        last.plus(Duration.ofMillis(5)),
        status,
        null,
        shows ? "scripted@00000000" : null,
        shows ? side : 0,
        shows ? side : 0,
        shows ? List.of(person) : List.of());
  }
}
