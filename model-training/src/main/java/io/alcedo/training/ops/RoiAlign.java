package io.alcedo.training.ops;

/**
 * How a region is pooled.
 *
 * @param size bins a side
 * @param samplingRatio samples a bin and side; 0 takes ⌈bin size⌉
 * @param scale size of the feature map over size of the image
 */
public record RoiAlign(int size, int samplingRatio, double scale) {}
