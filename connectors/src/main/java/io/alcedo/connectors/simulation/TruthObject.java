package io.alcedo.connectors.simulation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;

/**
 * What is truly there: one person or car that shows at least one pixel.
 *
 * @param track number of this object in this camera, from 1 in order of appearance
 * @param identity the same in every camera that looks at the same world
 * @param label {@code person} or {@code car}
 * @param visibleBox tight box of the visible pixels, px of the picture
 * @param fullBox tight box of the whole body, hidden parts included, px; may reach outside the
 *     picture
 * @param mask the visible pixels
 * @param visibleFraction share of the whole body that is visible, 0 to 1
 */
public record TruthObject(
    int track,
    String identity,
    String label,
    Box visibleBox,
    Box fullBox,
    RleMask mask,
    double visibleFraction) {}
