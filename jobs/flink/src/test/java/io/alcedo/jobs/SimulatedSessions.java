package io.alcedo.jobs;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.SimulatedFrame;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.SimulatedLines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Lines of simulated cameras, which all begin a new session at the same times: 15 s of frames, two
 * heartbeats, an end. Three cameras each look at the same world. Some frames are missing, some
 * lines come twice, and four at a time in any order.
 */
final class SimulatedSessions {
  static final Duration PERIOD = Duration.ofSeconds(25);

  private static final int CAMERAS = 6;
  private static final int WORLDS = 2; // they are drawn, which takes time
  private static final int FRAMES = 150;
  private static final int LAST_THAT_IS_MISSING = 119;
  private static final int BLOCK = 4;

  private final List<List<SimulatedFrame>> worlds = new ArrayList<>();
  private final Random random = new Random(1);

  SimulatedSessions() {
    for (int i = 0; i < WORLDS; i++) {
      SimulatedCamera world =
          new SimulatedCamera(
              SceneSpec.parse(
                  "sim://%s?seed=%d&size=160x120&fps=10&density=0.5"
                      .formatted(i % 2 == 0 ? "plaza" : "street", i + 1)));
      List<SimulatedFrame> frames = new ArrayList<>();
      for (int frame = 0; frame < FRAMES; frame++) {
        frames.add(world.next());
      }
      worlds.add(frames);
    }
  }

  /** When a session begins, from 0. */
  static Instant beginning(int session) {
    return Frames.START.plus(PERIOD.multipliedBy(session));
  }

  /** Lines as they are appended, cameras in turns. */
  List<DetectionLine> lines(int sessions) {
    List<List<DetectionLine>> ofCameras = new ArrayList<>();
    for (int camera = 0; camera < CAMERAS; camera++) {
      List<DetectionLine> lines = new ArrayList<>();
      for (int session = 0; session < sessions; session++) {
        addSession(camera, session, lines);
      }
      ofCameras.add(lines);
    }
    List<DetectionLine> all = new ArrayList<>();
    for (int i = 0; ofCameras.stream().anyMatch(lines -> !lines.isEmpty()); i++) {
      List<DetectionLine> next = ofCameras.get(i % CAMERAS);
      if (!next.isEmpty()) {
        all.add(next.remove(0));
      }
    }
    return all;
  }

  private void addSession(int camera, int session, List<DetectionLine> lines) {
    List<DetectionLine> block = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      boolean missing = i <= LAST_THAT_IS_MISSING && (i + 7 * session + camera) % 29 == 28;
      if (!missing || i < BLOCK) {
        Instant time = beginning(session).plusMillis(100L * i);
        block.add(SimulatedLines.line(id(camera, session, i), time, frame(camera, i), 0.2));
      }
      if (i % BLOCK == BLOCK - 1 || i == FRAMES - 1) {
        if (i >= BLOCK) { // the first line of all says where a camera begins
          Collections.shuffle(block, random);
        }
        lines.addAll(block);
        if (i % 3 == 0) {
          lines.add(block.get(0));
        }
        block.clear();
      }
    }
    Instant last = beginning(session).plusMillis(100L * FRAMES);
    lines.add(sign(LineStatus.HEARTBEAT, camera, session, last.plusSeconds(1)));
    lines.add(sign(LineStatus.HEARTBEAT, camera, session, last.plusSeconds(2)));
    lines.add(sign(LineStatus.END, camera, session, last.plusSeconds(3)));
  }

  private SimulatedFrame frame(int camera, int index) {
    return worlds.get(camera % WORLDS).get(index);
  }

  private static FrameId id(int camera, int session, long sequence) {
    return new FrameId("camera-" + camera, "session-" + session, sequence);
  }

  private static DetectionLine sign(LineStatus status, int camera, int session, Instant time) {
    return new DetectionLine(
        id(camera, session, FRAMES),
        new FrameRef("frames", 0, FRAMES),
        time,
        time,
        status,
        null,
        null,
        0,
        0,
        List.of());
  }
}
