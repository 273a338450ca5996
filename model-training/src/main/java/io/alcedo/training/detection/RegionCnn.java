package io.alcedo.training.detection;

import io.alcedo.training.network.FeaturePyramid;
import io.alcedo.training.network.Pixels;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.ops.Ops;
import io.alcedo.training.ops.PyramidPooling;
import java.util.ArrayList;
import java.util.List;

/**
 * Faster R-CNN (Ren et al. 2015) and, with a mask head, Mask R-CNN (He et al. 2017) on a ResNet
 * feature pyramid, with torchvision's parameter names.
 *
 * <p>N images of the canvas, P proposals of an image, R = N·P regions, C classes without the
 * background, D detections of an image at most, M detections in all.
 */
public final class RegionCnn {
  private static final float IOU = 0.5f;
  private static final float MIN_SIDE = 1e-2f;

  private final RegionCnnConfig config;
  private final ResNet trunk;
  private final FeaturePyramid pyramid;
  private final RegionProposals proposals;
  private final PyramidPooling pooling;
  private final BoxHead boxHead;
  private final MaskHead maskHead;

  public RegionCnn(RegionCnnConfig config) {
    this.config = config;
    trunk = config.trunk().network();
    pyramid =
        new FeaturePyramid(
            List.of(trunk.channels(0), trunk.channels(1), trunk.channels(2), trunk.channels(3)),
            config.pyramid().channels(),
            config.pyramid().normalized());
    proposals = new RegionProposals(config);
    pooling = PyramidPooling.of(config.boxes().levelScale());
    boxHead = new BoxHead(config);
    maskHead = config.masks() == null ? null : new MaskHead(config);
  }

  public RegionCnnConfig config() {
    return config;
  }

  /** The region proposal network. */
  public RegionProposals proposals() {
    return proposals;
  }

  /**
   * Finds objects in camera pictures.
   *
   * @param pictures [N, H, W, 3] RGB from 0 to 255 as float, on the canvas
   * @param sizes [N, 4] width, height, width, height of the true picture inside, px
   */
  public <T> Detections<T> detectPictures(Ops<T> ops, T pictures, T sizes) {
    return detect(ops, Pixels.normalize(ops, pictures), sizes);
  }

  /**
   * Finds objects.
   *
   * @param images [N, 3, H, W], normalised
   * @param sizes [N, 4] width, height, width, height of the true picture inside, px
   */
  public <T> Detections<T> detect(Ops<T> ops, T images, T sizes) {
    List<T> levels = features(ops, images);
    RegionProposals.Proposals<T> regions = proposals.select(ops, rpnHead(ops, levels), sizes);
    T boxes = ops.tap("proposals", regions.boxes()); // [N, P, 4]
    BoxHead.Output<T> predictions = boxHead(ops, levels, flat(ops, boxes), imageOf(ops, boxes));
    Detections<T> found = choose(ops, predictions, regions, sizes);
    if (maskHead == null) {
      return found;
    }
    T masks = maskHead.probabilities(ops, maskHead(ops, levels, found), found.labels());
    return new Detections<>(found.boxes(), found.labels(), found.scores(), found.image(), masks);
  }

  /** P2 to P6 of normalised images. */
  public <T> List<T> features(Ops<T> ops, T images) {
    return ops.scope(
        "backbone",
        () -> {
          List<T> stages = ops.scope("body", () -> trunk.features(ops, images));
          List<int[]> sizes = new ArrayList<>();
          for (int i = 0; i < stages.size(); i++) {
            sizes.add(config.levelSize(i));
          }
          List<T> levels = ops.scope("fpn", () -> pyramid.features(ops, stages, sizes));
          for (int i = 0; i < levels.size(); i++) {
            ops.tap("features." + i, levels.get(i));
          }
          return levels;
        });
  }

  /** Objectness and box deltas of every anchor. */
  public <T> RegionProposals.HeadOutput<T> rpnHead(Ops<T> ops, List<T> levels) {
    return ops.scope("rpn.head", () -> proposals.head(ops, levels));
  }

  /**
   * All that is said of given regions, before any choice.
   *
   * @param rois [R, 4] x1, y1, x2, y2 px of the canvas
   * @param image [R] int64, which image each is in
   * @return class logits [R, C + 1], box deltas [R, 4(C + 1)] and, from a mask head, mask logits
   *     [R, C + 1, 28, 28]
   */
  public <T> List<T> headOutputs(Ops<T> ops, List<T> levels, T rois, T image) {
    BoxHead.Output<T> boxes = boxHead(ops, levels, rois, image);
    return maskHead == null
        ? List.of(boxes.logits(), boxes.deltas())
        : List.of(boxes.logits(), boxes.deltas(), maskHead(ops, levels, rois, image));
  }

  /** Class logits and box deltas of regions [R, 4] of images [R]. */
  <T> BoxHead.Output<T> boxHead(Ops<T> ops, List<T> levels, T rois, T image) {
    T pooled = ops.pyramidRoiAlign(levels, rois, image, pooling, BoxHead.POOLED); // [R, F, 7, 7]
    return ops.scope("roi_heads", () -> boxHead.predict(ops, pooled));
  }

  /** Mask logits [R, C + 1, 28, 28] of regions [R, 4] of images [R]. */
  <T> T maskHead(Ops<T> ops, List<T> levels, T rois, T image) {
    T pooled = ops.pyramidRoiAlign(levels, rois, image, pooling, MaskHead.POOLED); // [R, F, 14, 14]
    return ops.scope("roi_heads", () -> maskHead.logits(ops, pooled));
  }

  private <T> T maskHead(Ops<T> ops, List<T> levels, Detections<T> found) {
    return maskHead(ops, levels, found.boxes(), found.image());
  }

  /** From predictions to detections: (image, class) is what suppression keeps apart. */
  private <T> Detections<T> choose(
      Ops<T> ops, BoxHead.Output<T> predictions, RegionProposals.Proposals<T> regions, T sizes) {
    int classes = config.classes() - 1;
    int count = proposalCount();
    Boxes.Checked<T> checked = refine(ops, predictions, regions, sizes); // [N, C, P, 4], [N, C, P]
    T selected =
        ops.nonMaxSuppression(
            ops.reshape(checked.boxes(), -1, count, 4),
            ops.reshape(checked.scores(), -1, 1, count),
            IOU,
            (float) config.scoreThreshold()); // [S, 3] (image, class), 0, box
    T group = ops.reshape(ops.slice(selected, 1, 0, 1), -1); // [S]
    T index = ops.reshape(ops.slice(selected, 1, 2, 3), -1); // [S]
    T flat = ops.add(ops.mul(group, ops.constant(new long[] {count})), index); // [S]
    int total = classes * count;
    T kept = Boxes.keepOnly(ops, ops.reshape(checked.scores(), -1), flat); // [N*C*P]
    int limit = Math.min(config.detections(), total);
    Ops.TopK<T> best = ops.topK(ops.reshape(kept, -1, total), limit); // [N, D]
    T first = ops.mul(ops.range(ops.size(best.indices(), 0)), ops.constant(new long[] {total}));
    T rows = ops.reshape(ops.add(best.indices(), ops.unsqueeze(first, 1)), -1); // [N*D]
    T scores = ops.reshape(best.values(), -1); // [N*D]
    T real = ops.nonZero(ops.greaterOrEqual(scores, ops.constant(new float[] {0}))); // [M]
    T row = ops.gather(rows, real); // [M] into N*C*P
    T image = ops.floorDiv(row, ops.constant(new long[] {total}));
    T inImage = ops.sub(row, ops.mul(image, ops.constant(new long[] {total})));
    T label =
        ops.add(
            ops.floorDiv(inImage, ops.constant(new long[] {count})), ops.constant(new long[] {1}));
    return new Detections<>(
        ops.gather(ops.reshape(checked.boxes(), -1, 4), row),
        label,
        ops.gather(scores, real),
        image,
        null);
  }

  /** Boxes [N, C, P, 4] and scores [N, C, P] of every class; −1 where there is nothing. */
  private <T> Boxes.Checked<T> refine(
      Ops<T> ops, BoxHead.Output<T> predictions, RegionProposals.Proposals<T> regions, T sizes) {
    int all = config.classes();
    int count = proposalCount();
    T probabilities = ops.reshape(ops.softmax(predictions.logits(), 1), -1, count, all);
    T scores = ops.slice(ops.transpose(probabilities, 0, 2, 1), 1, 1, all); // [N, C, P]
    T byClass = ops.reshape(predictions.deltas(), -1, count, all, 4);
    T deltas = ops.slice(ops.transpose(byClass, 0, 2, 1, 3), 1, 1, all); // [N, C, P, 4]
    T references = ops.unsqueeze(regions.boxes(), 1); // [N, 1, P, 4]
    T decoded = BoxCoder.DETECTIONS.decode(ops, deltas, references, 4);
    T clipped = Boxes.clip(ops, decoded, ops.unsqueeze(ops.unsqueeze(sizes, 1), 1));
    T zero = ops.constant(new float[] {0});
    T exists = ops.greaterOrEqual(ops.unsqueeze(regions.scores(), 1), zero); // [N, 1, P]
    T valid = ops.where(exists, scores, ops.constant(new float[] {-1}));
    return Boxes.dropSmall(ops, clipped, valid, MIN_SIDE, 4);
  }

  private int proposalCount() {
    int candidates = 0;
    for (int level = 0; level < 5; level++) {
      candidates += Math.min(config.proposals().perLevel(), proposals.count(level));
    }
    return Math.min(config.proposals().kept(), candidates);
  }

  private static <T> T flat(Ops<T> ops, T boxes) {
    return ops.reshape(boxes, -1, 4);
  }

  /** Which image each region is in, int64 [R], of proposals [N, P, 4]. */
  private <T> T imageOf(Ops<T> ops, T boxes) {
    T images = ops.unsqueeze(ops.range(ops.size(boxes, 0)), 1); // [N, 1]
    return ops.reshape(
        ops.add(images, ops.constant(new long[proposalCount()], 1, proposalCount())), -1);
  }
}
