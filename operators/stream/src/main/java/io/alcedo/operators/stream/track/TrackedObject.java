package io.alcedo.operators.stream.track;

import io.alcedo.connectors.event.DetectedObject;

/**
 * An object of a frame and the track that it belongs to.
 *
 * @param track id of the detection that opened the track
 * @param confirmed whether the track has been seen often enough to be believed
 */
public record TrackedObject(DetectedObject object, String track, boolean confirmed) {}
