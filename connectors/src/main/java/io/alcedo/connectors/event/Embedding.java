package io.alcedo.connectors.event;

import io.alcedo.connectors.geometry.Box;
import java.time.Instant;

/**
 * The vector of one crop.
 *
 * @param id of the crop, and of the detection that it shows
 * @param camera that took it
 * @param track of the object
 * @param label class name
 * @param box px of the original frame; null if it is not known
 * @param frameSize null if it is not known
 * @param ref where the frame's bytes lie; null if it is not known
 * @param captureTime event time of the frame
 * @param published when the publisher sent the frame, wall clock
 * @param encoder name@sha256 prefix of the encoder; vectors of different encoders are never
 *     compared
 * @param vector of length 1
 */
public record Embedding(
    String id,
    String camera,
    String track,
    String label,
    Box box,
    FrameSize frameSize,
    FrameRef ref,
    Instant captureTime,
    Instant published,
    String encoder,
    float[] vector) {}
