package io.alcedo.operators.stream.detect;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.operators.stream.inference.DetectionAssembler;
import io.alcedo.operators.stream.inference.Detections;
import io.alcedo.operators.stream.inference.Outcome;
import io.alcedo.operators.stream.inference.Outcome.Dead;
import io.alcedo.operators.stream.inference.Outcome.Dropped;
import io.alcedo.operators.stream.inference.Outcome.Inferred;

/**
 * From an outcome to what travels on.
 *
 * @param keepsFrames whether a stage behind needs the pixels of what was looked at
 */
record FrameVerdict(DetectionAssembler assembler, boolean keepsFrames) {
  static final String STAGE = "detect";

  DetectedFrame of(CameraRecord frame, Outcome<Detections> outcome) {
    if (outcome instanceof Inferred<Detections> inferred) {
      try {
        DetectedFrame found =
            DetectedFrame.of(assembler.line(frame, inferred), null, inferred.batchSize());
        return keepsFrames ? found.withFrame(frame) : found;
      } catch (RuntimeException e) {
        return dead(frame, "assembling failed: " + e.getMessage());
      }
    }
    return outcome instanceof Dropped<Detections> dropped
        ? of(frame, LineStatus.DROPPED, dropped.reason())
        : dead(frame, ((Dead<Detections>) outcome).reason());
  }

  static DetectedFrame dead(CameraRecord frame, String reason) {
    DetectionLine line = DetectionLine.without(frame, LineStatus.DEAD, reason);
    return DetectedFrame.of(line, DeadLetter.of(frame, STAGE, reason), 0);
  }

  /** A record that names no frame: a dead letter and no line. */
  static DetectedFrame malformed(CameraRecord record) {
    return DetectedFrame.of(null, DeadLetter.of(record, STAGE, record.defect()), 0);
  }

  static DetectedFrame of(CameraRecord record, LineStatus status, String reason) {
    return DetectedFrame.of(DetectionLine.without(record, status, reason), null, 0);
  }
}
