package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;

/**
 * A picture that is to be cut.
 *
 * @param id of the detection
 * @param frame the frame that shows it
 * @param ref where the frame's bytes lie
 * @param track id of the object's track
 * @param label class name
 * @param score of the detection
 * @param box px of the original frame
 * @param captureTime event time of the frame
 * @param published when the publisher sent it
 */
public record CropPlan(
    String id,
    FrameId frame,
    FrameRef ref,
    String track,
    String label,
    double score,
    Box box,
    Instant captureTime,
    Instant published) {}
