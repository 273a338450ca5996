package io.alcedo.training.train;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.detection.DetectionTarget;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is in a picture on the canvas, as evaluation wants it. */
record PlacedTruth(Placed placed) {
  /** The true objects of a class, and what is ignored for every class. */
  List<Truth> of(int label) {
    DetectionTarget target = placed.target();
    List<Truth> truths = new ArrayList<>();
    for (int i = 0; i < target.count(); i++) {
      if (target.labels()[i] == label) {
        byte[] mask = target.masks() == null ? null : target.masks()[i];
        truths.add(
            new Truth(
                box(target.boxes(), i),
                mask == null ? null : RleMask.encode(mask, placed.height(), placed.width()),
                false));
      }
    }
    for (int i = 0; i < target.ignored().length / 4; i++) {
      Box box = box(target.ignored(), i);
      truths.add(new Truth(box, target.masks() == null ? null : filled(box), true));
    }
    return truths;
  }

  private static Box box(float[] corners, int i) {
    return Box.ofCorners(
        corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
  }

  /** An ignored region is known by its box only. */
  private RleMask filled(Box box) {
    int left = (int) box.x();
    int top = (int) box.y();
    int width = Math.min(placed.width(), (int) Math.ceil(box.right())) - left;
    int height = Math.min(placed.height(), (int) Math.ceil(box.bottom())) - top;
    byte[] inside = new byte[width * height];
    Arrays.fill(inside, (byte) 1);
    return RleMask.encodeWindow(inside, placed.height(), placed.width(), left, top, width, height);
  }
}
