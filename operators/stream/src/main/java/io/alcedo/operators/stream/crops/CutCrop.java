package io.alcedo.operators.stream.crops;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;

/**
 * What became of a plan.
 *
 * @param crop the picture, null where it could not be cut
 * @param deadLetter why not, else null
 */
public record CutCrop(Crop crop, DeadLetter deadLetter) {}
