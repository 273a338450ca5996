package io.alcedo.training.detection;

/**
 * What a detector finds in a batch; M objects in all images, image by image, best first.
 *
 * @param boxes [M, 4] x1, y1, x2, y2, px of the canvas
 * @param labels [M] int64, from 1
 * @param scores [M] 0 to 1
 * @param image [M] int64, which image each is in
 * @param masks [M, 28, 28] probabilities over the box; null from a detector without a mask head
 */
public record Detections<T>(T boxes, T labels, T scores, T image, T masks) {}
