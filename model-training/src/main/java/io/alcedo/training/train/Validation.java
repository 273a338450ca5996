package io.alcedo.training.train;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.data.Augmentation;
import io.alcedo.training.data.Augmentation.Placed;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.DetectionSample;
import io.alcedo.training.detection.Detections;
import io.alcedo.training.detection.RegionCnn;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Looks at labelled pictures as serving would, with libtorch, and compares on the canvas. */
final class Validation {
  private static final int BATCH = 8;
  private static final int MASK_SIDE = 28;
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

  /** How the classes are found with these weights, in the mean. */
  DetectorScore run(Parameters parameters) {
    boolean masks = network.config().masks() != null;
    List<List<Image>> classes =
        IntStream.range(1, network.config().classes())
            .mapToObj(label -> (List<Image>) new ArrayList<Image>())
            .toList();
    for (int first = 0; first < dataset.size(); first += BATCH) {
      List<Placed> batch = new ArrayList<>();
      for (int i = first; i < Math.min(dataset.size(), first + BATCH); i++) {
        try (DetectionSample sample = dataset.get(i)) {
          batch.add(placing.plain(sample));
        }
      }
      look(parameters, batch, classes);
    }
    return DetectorScore.mean(
        classes.stream().map(images -> DetectorScore.of(images, masks)).toList());
  }

  /** Appends an image of the batch to each class, in turn. */
  private void look(Parameters parameters, List<Placed> batch, List<List<Image>> classes) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Found found =
          new Found(
              network.detectPictures(
                  new TorchOps(parameters, false),
                  PlacedBatch.pictures(batch),
                  PlacedBatch.sizes(batch)));
      for (int i = 0; i < batch.size(); i++) {
        PlacedTruth truth = new PlacedTruth(batch.get(i));
        for (int label = 1; label <= classes.size(); label++) {
          classes.get(label - 1).add(new Image(found.of(i, label), truth.of(label)));
        }
      }
    }
  }

  /** Detections of a batch on the heap. */
  private final class Found {
    private final float[] boxes;
    private final float[] scores;
    private final float[] masks;
    private final long[] images;
    private final long[] labels;

    private Found(Detections<Tensor> found) {
      boxes = Tensors.floats(found.boxes());
      scores = Tensors.floats(found.scores());
      masks = found.masks() == null ? null : Tensors.floats(found.masks());
      images = Tensors.longs(found.image());
      labels = Tensors.longs(found.labels());
    }

    private List<Detection> of(int image, int label) {
      return IntStream.range(0, scores.length)
          .filter(d -> images[d] == image && labels[d] == label)
          .mapToObj(this::detection)
          .toList();
    }

    private Detection detection(int d) {
      Box box = Box.ofCorners(boxes[4 * d], boxes[4 * d + 1], boxes[4 * d + 2], boxes[4 * d + 3]);
      return new Detection(box, mask(d, box), scores[d]);
    }

    private RleMask mask(int d, Box box) {
      if (masks == null) {
        return null;
      }
      int width = network.config().canvasWidth();
      int height = network.config().canvasHeight();
      int offset = d * MASK_SIDE * MASK_SIDE;
      return MaskPaste.paste(masks, offset, MASK_SIDE, box, width, height, INSIDE)
          .encode(width, height);
    }
  }
}
