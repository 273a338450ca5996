package io.alcedo.training.detection;

import io.alcedo.training.ops.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** The regions of all images on which the box and mask heads train, with what is true of them. */
final class RegionBatch {
  private final BalancedSampler sampler;
  private final List<Region> regions = new ArrayList<>();

  /**
   * One region.
   *
   * @param box x1, y1, x2, y2 px of the canvas
   * @param label 0 where it is background
   * @param object index in its image's target, −1 where it is background
   * @param deltas of the box towards its object, null where it is background
   */
  record Region(int image, float[] box, int label, int object, float[] deltas) {}

  RegionBatch(BalancedSampler sampler) {
    this.sampler = sampler;
  }

  /** Draws the regions of one image from its proposals (of all images' rows) and true boxes. */
  void add(
      int image,
      DetectionTarget target,
      float[] boxes,
      float[] scores,
      int each,
      RandomGenerator random) {
    float[] candidates = new float[4 * (each + target.count())];
    int count = 0;
    for (int i = image * each; i < (image + 1) * each; i++) {
      if (scores[i] >= 0) {
        System.arraycopy(boxes, 4 * i, candidates, 4 * count++, 4);
      }
    }
    System.arraycopy(target.boxes(), 0, candidates, 4 * count, 4 * target.count());
    candidates = Arrays.copyOf(candidates, 4 * (count + target.count()));
    int[] match = Matcher.REGIONS.match(target, candidates);
    BalancedSampler.Sample sample = sampler.draw(match, random);
    for (int i : sample.positives()) {
      float[] deltas = new float[4];
      BoxCoder.DETECTIONS.encode(target.boxes(), 4 * match[i], candidates, 4 * i, deltas, 0);
      regions.add(
          new Region(image, box(candidates, i), target.labels()[match[i]], match[i], deltas));
    }
    for (int i : sample.negatives()) {
      regions.add(new Region(image, box(candidates, i), 0, -1, null));
    }
  }

  private static float[] box(float[] boxes, int index) {
    return Arrays.copyOfRange(boxes, 4 * index, 4 * index + 4);
  }

  int size() {
    return regions.size();
  }

  Region get(int index) {
    return regions.get(index);
  }

  int label(int index) {
    return regions.get(index).label();
  }

  /** Indices of the regions that belong to an object. */
  List<Integer> positives() {
    List<Integer> positives = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      if (regions.get(i).label() > 0) {
        positives.add(i);
      }
    }
    return positives;
  }

  /** Deltas of the positives, in order. */
  List<float[]> regression() {
    return positives().stream().map(i -> regions.get(i).deltas()).toList();
  }

  /** [R, 4]. */
  Tensor boxes() {
    float[] boxes = new float[4 * regions.size()];
    for (int i = 0; i < regions.size(); i++) {
      System.arraycopy(regions.get(i).box(), 0, boxes, 4 * i, 4);
    }
    return Tensors.of(boxes, regions.size(), 4);
  }

  /** int64 [R]. */
  Tensor images() {
    return Tensors.of(regions.stream().mapToLong(Region::image).toArray(), regions.size());
  }

  /** int64 [R]. */
  Tensor labels() {
    return Tensors.of(regions.stream().mapToLong(Region::label).toArray(), regions.size());
  }
}
