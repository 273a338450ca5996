package io.alcedo.connectors.event;

import io.alcedo.connectors.geometry.Box;
import java.time.Instant;

/**
 * A picture of one object, cut from the frame in which its track was seen best.
 *
 * @param id of the detection it shows; a vector made of it has the same
 * @param frame the frame it was cut from
 * @param track of the object: the id of the detection that opened it
 * @param label class name
 * @param score of the detection, 0 to 1
 * @param box px of the original frame; the picture is this box, cut at the frame's border
 * @param frameSize null if it is not known
 * @param ref where the frame's bytes lie; null if it is not known
 * @param captureTime event time of the frame
 * @param published when the publisher sent the frame, wall clock
 * @param jpeg the picture
 */
public record Crop(
    String id,
    FrameId frame,
    String track,
    String label,
    double score,
    Box box,
    FrameSize frameSize,
    FrameRef ref,
    Instant captureTime,
    Instant published,
    byte[] jpeg) {}
