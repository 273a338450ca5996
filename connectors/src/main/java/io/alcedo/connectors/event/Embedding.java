package io.alcedo.connectors.event;

import java.time.Instant;

/**
 * The vector of one crop.
 *
 * @param id of the crop, and of the detection that it shows
 * @param camera that took it
 * @param track of the object
 * @param label class name
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
    Instant captureTime,
    Instant published,
    String encoder,
    float[] vector) {}
