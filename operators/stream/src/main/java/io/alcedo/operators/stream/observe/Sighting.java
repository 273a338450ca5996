package io.alcedo.operators.stream.observe;

import java.time.Instant;

/**
 * A confirmed object of a line, as rules and analytics see it.
 *
 * @param object id of the detection
 * @param track id of its track
 * @param label class name
 * @param score 0 to 1
 * @param opened when its track was seen first, event time
 * @param x of its anchor, px
 * @param y of its anchor, px
 * @param height of its box, px
 */
public record Sighting(
    String object,
    String track,
    String label,
    double score,
    Instant opened,
    double x,
    double y,
    double height) {}
