package io.alcedo.operators.stream.rules;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.operators.stream.fixture.Frames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a camera of ten frames a second suffers in two sessions: one thing after the other, each for
 * up to twelve seconds, with some good seconds between them.
 */
final class HealthScript {
  private static final int DISTURBANCES = 12; // of a session
  private static final int FRAME = 100; // ms

  /** What may happen to a camera. */
  private enum Disturbance {
    NONE,
    /** A heartbeat each second. */
    OFFLINE,
    /** Nothing at all comes. */
    SILENT,
    FROZEN,
    DARK,
    /** Bright, and without any contrast. */
    COVERED,
    FROZEN_AND_DARK,
    /** The camera's clock is ahead, and is set back at the end. */
    AHEAD,
    /** What comes was taken long ago. */
    LATE
  }

  /**
   * A line of the script.
   *
   * @param picture number of the picture; one that is frozen is repeated
   * @param isLookedAt whether anybody knows what the picture is like
   */
  record Shot(
      LineStatus status,
      String session,
      long sequence,
      Instant captured,
      Instant published,
      long picture,
      boolean isLookedAt,
      boolean isDark,
      boolean isSkewed,
      PictureFacts facts) {

    /** The same, which nobody has looked at. */
    Shot unseen(LineStatus as) {
      return new Shot(
          as, session, sequence, captured, published, picture, false, isDark, isSkewed, null);
    }

    String name() {
      return HealthScript.name(line());
    }

    DetectionLine line() {
      DetectionLine line =
          new DetectionLine(
              new FrameId(Frames.GATE, session, sequence),
              new FrameRef("frames", 0, sequence),
              captured,
              published,
              status,
              null,
              "tiny@00000000",
              100,
              100,
              List.of());
      return line.with(facts);
    }
  }

  private final SplittableRandom random;
  private final List<Shot> shots = new ArrayList<>();
  private String session = "A";
  private long sequence;
  private long picture;
  private Instant now = Frames.START;

  private HealthScript(SplittableRandom random) {
    this.random = random;
  }

  /** Every line. */
  static List<Shot> of(SplittableRandom random) {
    HealthScript script = new HealthScript(random);
    script.session();
    script.session = "B";
    script.sequence = 0;
    script.session();
    return script.shots;
  }

  /** Of the frames one in eight is lost, and one in eight is dropped, or dead. */
  static List<Shot> threeQuartersOf(List<Shot> all, SplittableRandom random) {
    List<Shot> some = new ArrayList<>();
    for (Shot shot : all) {
      int fate = shot.status().isFrame() ? random.nextInt(16) : 16;
      if (fate > 3) {
        some.add(shot);
      } else if (fate > 1) {
        some.add(shot.unseen(fate == 2 ? LineStatus.DROPPED : LineStatus.DEAD));
      }
    }
    return some;
  }

  /** Session, sequence, and milliseconds: heartbeats name the frame after them. */
  static String name(DetectionLine line) {
    return "%s%04d@%d"
        .formatted(
            line.frame().session(),
            line.frame().sequence(),
            line.captureTime().toEpochMilli() - Frames.START.toEpochMilli());
  }

  private void session() {
    for (int i = 0; i < DISTURBANCES; i++) {
      during(Disturbance.NONE, 10 + random.nextInt(40));
      Disturbance[] all = Disturbance.values();
      during(all[random.nextInt(all.length)], 1 + random.nextInt(120));
    }
    line(LineStatus.END, Disturbance.NONE, 0);
    now = now.plusSeconds(5);
  }

  private void during(Disturbance disturbance, int frames) {
    int seconds = 10 * (1 + random.nextInt(5)); // 30 is not too much yet
    for (int i = 1; i <= frames; i++) {
      switch (disturbance) {
        case SILENT -> {}
        case OFFLINE -> {
          if (i % 10 == 0) {
            line(LineStatus.HEARTBEAT, disturbance, 0);
          }
        }
        default -> line(LineStatus.OK, disturbance, seconds);
      }
      now = now.plusMillis(FRAME);
    }
  }

  private void line(LineStatus status, Disturbance disturbance, int seconds) {
    boolean isFrame = status.isFrame();
    boolean isAhead = disturbance == Disturbance.AHEAD;
    boolean isLate = disturbance == Disturbance.LATE;
    boolean isFrozen =
        disturbance == Disturbance.FROZEN || disturbance == Disturbance.FROZEN_AND_DARK;
    boolean isCovered = disturbance == Disturbance.COVERED;
    boolean isBlack = disturbance == Disturbance.DARK || disturbance == Disturbance.FROZEN_AND_DARK;
    picture += isFrozen ? 0 : 1;
    shots.add(
        new Shot(
            status,
            session,
            sequence,
            isAhead ? now.plusSeconds(seconds) : now,
            isLate ? now.plusSeconds(seconds) : now,
            picture,
            isFrame,
            isFrame && (isBlack || isCovered),
            isFrame && (isAhead || isLate) && seconds > 30,
            isFrame ? facts(isBlack, isCovered) : null));
    sequence += isFrame ? 1 : 0;
  }

  private PictureFacts facts(boolean isBlack, boolean isCovered) {
    double brightness = isBlack ? random.nextDouble(20) : 20 + random.nextDouble(200);
    double contrast = isCovered ? random.nextDouble(6) : 6 + random.nextDouble(50);
    return new PictureFacts(0xC0FFEEL + picture, brightness, contrast);
  }
}
