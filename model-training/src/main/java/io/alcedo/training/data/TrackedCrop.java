package io.alcedo.training.data;

/**
 * A picture of somebody whose identity is known.
 *
 * @param identity the same wherever the same one is seen
 * @param camera that took it
 * @param seconds since the camera's first frame
 * @param picture cut out
 */
public record TrackedCrop(String identity, String camera, double seconds, Picture picture) {}
