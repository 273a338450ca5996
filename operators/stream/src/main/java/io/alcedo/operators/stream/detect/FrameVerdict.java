package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Dropped;
import io.alcedo.operators.stream.inference.Outcome.Inferred;

/** From an outcome to what travels on. */
record FrameVerdict(DetectionAssembler assembler) {
  static final String STAGE = "detect";

  DetectedFrame of(CameraRecord frame, Outcome outcome) {
    if (outcome instanceof Inferred inferred) {
      try {
        return new DetectedFrame(assembler.line(frame, inferred), null, inferred.batchSize());
      } catch (RuntimeException e) {
        return dead(frame, "assembling failed: " + e.getMessage());
      }
    }
    return outcome instanceof Dropped dropped
        ? of(frame, LineStatus.DROPPED, dropped.reason())
        : dead(frame, ((Dead) outcome).reason());
  }

  static DetectedFrame dead(CameraRecord frame, String reason) {
    DetectionLine line = DetectionLine.without(frame, LineStatus.DEAD, reason);
    return new DetectedFrame(line, letter(frame, reason), 0);
  }

  /** A record that names no frame: a dead letter and no line. */
  static DetectedFrame malformed(CameraRecord record) {
    return new DetectedFrame(null, letter(record, record.defect()), 0);
  }

  static DetectedFrame of(CameraRecord record, LineStatus status, String reason) {
    return new DetectedFrame(DetectionLine.without(record, status, reason), null, 0);
  }

  private static DeadLetter letter(CameraRecord record, String reason) {
    String camera = record.id() == null ? "unknown" : record.id().camera();
    return new DeadLetter(
        camera, record.id(), record.ref(), STAGE, reason, record.captureTime(), record.image());
  }
}
