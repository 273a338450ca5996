package io.alcedo.training.detection;

import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The four losses of Faster R-CNN (Ren et al. 2015, section 3.1.2) and the mask loss of Mask R-CNN
 * (He et al. 2017, section 3), with torchvision's constants.
 *
 * <p>N images, A anchors of an image, R regions drawn from all images.
 */
public final class DetectionLosses {
  private static final double BETA = 1.0 / 9;
  private static final long SUM = 2;

  private final RegionCnn network;
  private final Options options;
  private final float[] anchors;

  /**
   * How much is drawn.
   *
   * @param anchors of an image, half of them positive at most
   * @param proposalsPerLevel candidates before suppression
   * @param proposals of an image after it
   * @param regions of an image
   * @param positiveRegions share of those at most
   */
  public record Options(
      int anchors, int proposalsPerLevel, int proposals, int regions, double positiveRegions) {
    /** For small pictures and small networks. */
    public static final Options SLIM = new Options(256, 400, 200, 96, 0.25);
  }

  public DetectionLosses(RegionCnn network, Options options) {
    this.network = network;
    this.options = options;
    this.anchors = allAnchors(network.proposals());
  }

  /**
   * The losses by their torchvision names; train on their sum.
   *
   * @param images [N, 3, H, W], normalised
   * @param sizes [N, 4] width, height, width, height of the true pictures, px
   */
  public Map<String, Tensor> losses(
      TorchOps ops,
      Tensor images,
      Tensor sizes,
      List<DetectionTarget> targets,
      RandomGenerator random) {
    List<Tensor> levels = network.features(ops, images);
    RegionProposals.HeadOutput<Tensor> head = network.rpnHead(ops, levels);
    Map<String, Tensor> losses = new LinkedHashMap<>();
    addProposalLosses(ops, head, targets, random, losses);
    RegionBatch regions = regions(ops, head, sizes, targets, random);
    addBoxLosses(ops, levels, regions, losses);
    if (network.config().masks() != null) {
      losses.put("loss_mask", maskLoss(ops, levels, regions, targets));
    }
    return losses;
  }

  private void addProposalLosses(
      TorchOps ops,
      RegionProposals.HeadOutput<Tensor> head,
      List<DetectionTarget> targets,
      RandomGenerator random,
      Map<String, Tensor> losses) {
    int count = anchors.length / 4;
    IndexList sampled = new IndexList();
    IndexList positives = new IndexList();
    List<float[]> regression = new ArrayList<>();
    BalancedSampler sampler = new BalancedSampler(options.anchors(), 0.5);
    for (int image = 0; image < targets.size(); image++) {
      DetectionTarget target = targets.get(image);
      int[] match = Matcher.ANCHORS.match(target, anchors);
      BalancedSampler.Sample sample = sampler.draw(match, random);
      for (int anchor : sample.positives()) {
        long row = (long) image * count + anchor;
        sampled.add(row, 1);
        positives.add(row, 1);
        float[] deltas = new float[4];
        BoxCoder.PROPOSALS.encode(
            target.boxes(), 4 * match[anchor], anchors, 4 * anchor, deltas, 0);
        regression.add(deltas);
      }
      for (int anchor : sample.negatives()) {
        sampled.add((long) image * count + anchor, 0);
      }
    }
    Tensor logits = ops.concat(head.objectness(), 1).reshape(-1).index_select(0, sampled.rows());
    losses.put("loss_objectness", torch.binary_cross_entropy_with_logits(logits, sampled.values()));
    Tensor deltas = ops.concat(head.deltas(), 1).reshape(-1, 4).index_select(0, positives.rows());
    losses.put("loss_rpn_box_reg", boxLoss(deltas, regression, sampled.size()));
  }

  /** Regions to train on: proposals and the true boxes, matched and drawn. */
  private RegionBatch regions(
      TorchOps ops,
      RegionProposals.HeadOutput<Tensor> head,
      Tensor sizes,
      List<DetectionTarget> targets,
      RandomGenerator random) {
    // Proposals are inputs of the second stage: no gradient flows through them.
    RegionProposals.HeadOutput<Tensor> fixed =
        new RegionProposals.HeadOutput<>(
            head.objectness().stream().map(Tensor::detach).toList(),
            head.deltas().stream().map(Tensor::detach).toList());
    RegionProposals.Proposals<Tensor> proposals =
        network
            .proposals()
            .select(ops, fixed, sizes, options.proposalsPerLevel(), options.proposals());
    RegionBatch batch =
        new RegionBatch(new BalancedSampler(options.regions(), options.positiveRegions()));
    float[] boxes = Tensors.floats(proposals.boxes());
    float[] scores = Tensors.floats(proposals.scores());
    int each = scores.length / targets.size();
    for (int image = 0; image < targets.size(); image++) {
      batch.add(image, targets.get(image), boxes, scores, each, random);
    }
    return batch;
  }

  private void addBoxLosses(
      TorchOps ops, List<Tensor> levels, RegionBatch regions, Map<String, Tensor> losses) {
    BoxHead.Output<Tensor> output = network.boxHead(ops, levels, regions.boxes(), regions.images());
    losses.put("loss_classifier", torch.cross_entropy_loss(output.logits(), regions.labels()));
    int classes = network.config().classes();
    IndexList rows = new IndexList();
    for (int positive : regions.positives()) {
      rows.add((long) positive * classes + regions.label(positive), 0);
    }
    Tensor deltas = output.deltas().reshape(-1, 4).index_select(0, rows.rows());
    losses.put("loss_box_reg", boxLoss(deltas, regions.regression(), regions.size()));
  }

  /** Over positives of images that have masks. */
  private Tensor maskLoss(
      TorchOps ops, List<Tensor> levels, RegionBatch regions, List<DetectionTarget> targets) {
    MaskTargets truth = MaskTargets.of(regions, targets, network.config());
    if (truth.size() == 0) {
      return levels.get(0).sum().mul(new Scalar(0.0));
    }
    Tensor logits = network.maskHead(ops, levels, truth.boxes(), truth.images());
    Tensor chosen =
        logits.reshape(-1, MaskHead.SIDE, MaskHead.SIDE).index_select(0, truth.channels());
    return torch.binary_cross_entropy_with_logits(chosen, truth.masks());
  }

  private static Tensor boxLoss(Tensor deltas, List<float[]> expected, int sampled) {
    float[] values = new float[4 * expected.size()];
    for (int i = 0; i < expected.size(); i++) {
      System.arraycopy(expected.get(i), 0, values, 4 * i, 4);
    }
    Tensor target = Tensors.of(values, expected.size(), 4);
    return torch
        .smooth_l1_loss(deltas, target, SUM, BETA)
        .div(new Scalar((double) Math.max(1, sampled)));
  }

  private static float[] allAnchors(RegionProposals proposals) {
    int total = 0;
    for (int level = 0; level < 5; level++) {
      total += 4 * proposals.count(level);
    }
    float[] all = new float[total];
    int at = 0;
    for (int level = 0; level < 5; level++) {
      float[] some = proposals.anchors(level);
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }
}
