package io.alcedo.training.train;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.data.Augmentation;
import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.DetectionSample;
import io.alcedo.training.detection.DetectionTarget;
import io.alcedo.training.detection.Detections;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Looks at labelled pictures as serving would, with libtorch, and compares on the canvas. */
final class Validation {
  private static final int BATCH = 8;
  private static final float INSIDE = 0.5f;

  private final RegionCnn network;
  private final DetectionDataset dataset;
  private final Augmentation placing;

  /**
   * Describes what is looked at.
   *
   * @param dataset all of its pictures
   */
  Validation(RegionCnn network, DetectionDataset dataset) {
    this.network = network;
    this.dataset = dataset;
    this.placing =
        new Augmentation(
            network.config().canvasWidth(), network.config().canvasHeight(), 1, 2, false);
  }

  /** How the class of label 1 is found with these weights. */
  DetectorScore run(Parameters parameters) {
    List<Image> images = new ArrayList<>();
    for (int first = 0; first < dataset.size(); first += BATCH) {
      List<Placed> batch = new ArrayList<>();
      for (int i = first; i < Math.min(dataset.size(), first + BATCH); i++) {
        try (DetectionSample sample = dataset.get(i)) {
          batch.add(placing.plain(sample));
        }
      }
      images.addAll(look(parameters, batch));
    }
    return DetectorScore.of(images);
  }

  private List<Image> look(Parameters parameters, List<Placed> batch) {
    List<Image> images = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Detections<Tensor> found =
          network.detectPictures(
              new TorchOps(parameters, false),
              PlacedBatch.pictures(batch),
              PlacedBatch.sizes(batch));
      float[] boxes = Tensors.floats(found.boxes());
      float[] scores = Tensors.floats(found.scores());
      float[] masks = found.masks() == null ? null : Tensors.floats(found.masks());
      long[] image = Tensors.longs(found.image());
      long[] labels = Tensors.longs(found.labels());
      for (int i = 0; i < batch.size(); i++) {
        List<Detection> detections = new ArrayList<>();
        for (int d = 0; d < scores.length; d++) {
          if (image[d] == i && labels[d] == 1) {
            Box box =
                Box.ofCorners(boxes[4 * d], boxes[4 * d + 1], boxes[4 * d + 2], boxes[4 * d + 3]);
            detections.add(new Detection(box, mask(masks, d, box), scores[d]));
          }
        }
        images.add(new Image(detections, truths(batch.get(i).target())));
      }
    }
    return images;
  }

  private RleMask mask(float[] masks, int index, Box box) {
    if (masks == null) {
      return null;
    }
    int side = 28;
    int width = network.config().canvasWidth();
    int height = network.config().canvasHeight();
    return MaskPaste.paste(masks, index * side * side, side, box, width, height, INSIDE)
        .encode(width, height);
  }

  private List<Truth> truths(DetectionTarget target) {
    List<Truth> truths = new ArrayList<>();
    int width = network.config().canvasWidth();
    int height = network.config().canvasHeight();
    for (int i = 0; i < target.count(); i++) {
      if (target.labels()[i] == 1) {
        byte[] mask = target.masks() == null ? null : target.masks()[i];
        truths.add(
            new Truth(
                box(target.boxes(), i),
                mask == null ? null : RleMask.encode(mask, height, width),
                false));
      }
    }
    for (int i = 0; i < target.ignored().length / 4; i++) {
      Box box = box(target.ignored(), i);
      truths.add(new Truth(box, target.masks() == null ? null : filled(box, width, height), true));
    }
    return truths;
  }

  private static Box box(float[] corners, int i) {
    return Box.ofCorners(
        corners[4 * i], corners[4 * i + 1], corners[4 * i + 2], corners[4 * i + 3]);
  }

  /** An ignored region is known by its box only. */
  private static RleMask filled(Box box, int width, int height) {
    int left = (int) box.x();
    int top = (int) box.y();
    int w = Math.min(width, (int) Math.ceil(box.right())) - left;
    int h = Math.min(height, (int) Math.ceil(box.bottom())) - top;
    byte[] inside = new byte[w * h];
    java.util.Arrays.fill(inside, (byte) 1);
    return RleMask.encodeWindow(inside, height, width, left, top, w, h);
  }
}
