package io.alcedo.training.detection;

import io.alcedo.training.ops.Conv;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * Region proposal network (Ren et al. 2015, section 3.1): a small head that slides over every
 * pyramid level, and the choice of the best boxes.
 *
 * <p>N images, A anchors a place, L anchors of a level, K candidates of all levels, P proposals of
 * an image.
 */
public final class RegionProposals {
  private static final Initializer INIT = Initializer.normal(0.01);
  private static final float IOU = 0.7f;
  private static final float MIN_SIDE = 1e-3f;

  private final RegionCnnConfig config;
  private final AnchorGenerator anchors;

  public RegionProposals(RegionCnnConfig config) {
    this.config = config;
    this.anchors = config.anchors();
  }

  /**
   * What the head says.
   *
   * @param objectness of each level, logits [N, L]
   * @param deltas of each level [N, L, 4]
   */
  public record HeadOutput<T>(List<T> objectness, List<T> deltas) {}

  /**
   * Proposals, the same number for every image.
   *
   * @param boxes [N, P, 4] px of the canvas; all 0 where there is none
   * @param scores [N, P] 0 to 1, best first; −1 where there is none
   */
  public record Proposals<T>(T boxes, T scores) {}

  /** Runs the head over P2 to P6. */
  public <T> HeadOutput<T> head(Ops<T> ops, List<T> levels) {
    List<T> objectness = new ArrayList<>();
    List<T> deltas = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      int channels = config.pyramid().channels();
      T hidden = hidden(ops, levels.get(level), channels);
      int perCell = anchors.perCell();
      T logits =
          ops.conv(hidden, Conv.same("cls_logits", channels, perCell, 1, 1, INIT).withBias());
      T boxes =
          ops.conv(hidden, Conv.same("bbox_pred", channels, 4 * perCell, 1, 1, INIT).withBias());
      objectness.add(ops.reshape(ops.transpose(logits, 0, 2, 3, 1), -1, count(level)));
      deltas.add(ops.reshape(ops.transpose(boxes, 0, 2, 3, 1), -1, count(level), 4));
    }
    return new HeadOutput<>(objectness, deltas);
  }

  private <T> T hidden(Ops<T> ops, T level, int channels) {
    Conv conv = Conv.same("0", channels, channels, 3, 1, INIT).withBias();
    T x = level;
    for (int i = 0; i < config.proposals().convolutions(); i++) {
      T input = x;
      x = ops.relu(ops.scope("conv." + i, () -> ops.conv(input, conv)));
    }
    return x;
  }

  /** Anchors of a level, [L, 4] x1, y1, x2, y2. */
  public float[] anchors(int level) {
    int[] size = config.levelSize(level);
    return anchors.level(level, size[0], size[1], config.canvasHeight(), config.canvasWidth());
  }

  /** Anchors of a level, L. */
  public int count(int level) {
    int[] size = config.levelSize(level);
    return size[0] * size[1] * anchors.perCell();
  }

  /**
   * The best boxes of every image: the best of each level, decoded, clipped to the true picture,
   * suppressed within their level, the best of what is left.
   *
   * @param sizes [N, 4] width, height, width, height of the true picture, px
   */
  public <T> Proposals<T> select(Ops<T> ops, HeadOutput<T> output, T sizes) {
    return select(ops, output, sizes, config.proposals().perLevel(), config.proposals().kept());
  }

  /** The same with other limits, as in training. */
  public <T> Proposals<T> select(
      Ops<T> ops, HeadOutput<T> output, T sizes, int perLevel, int limit) {
    List<T> boxes = new ArrayList<>();
    List<T> scores = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    T images = ops.range(ops.size(sizes, 0)); // [N]
    for (int level = 0; level < output.objectness().size(); level++) {
      int k = Math.min(perLevel, count(level));
      Ops.TopK<T> best = ops.topK(output.objectness().get(level), k); // [N, k]
      T first = ops.mul(images, ops.constant(new long[] {count(level)})); // [N]
      T rows = ops.add(best.indices(), ops.unsqueeze(first, 1)); // [N, k]
      T deltas = ops.gather(ops.reshape(output.deltas().get(level), -1, 4), rows); // [N, k, 4]
      T reference = ops.gather(ops.constant(anchors(level), count(level), 4), best.indices());
      boxes.add(BoxCoder.PROPOSALS.decode(ops, deltas, reference, 3));
      scores.add(ops.sigmoid(best.values()));
      counts.add(k);
    }
    T allBoxes = Boxes.clip(ops, ops.concat(boxes, 1), ops.unsqueeze(sizes, 1)); // [N, K, 4]
    Boxes.Checked<T> checked =
        Boxes.dropSmall(ops, allBoxes, ops.concat(scores, 1), MIN_SIDE, 3); // [N, K]
    return suppress(ops, checked, counts, limit);
  }

  private static <T> Proposals<T> suppress(
      Ops<T> ops, Boxes.Checked<T> candidates, List<Integer> counts, int limit) {
    int total = counts.stream().mapToInt(Integer::intValue).sum();
    long[] levels = new long[total];
    long[] labels = new long[counts.size()];
    int at = 0;
    for (int level = 0; level < counts.size(); level++) {
      java.util.Arrays.fill(levels, at, at + counts.get(level), level);
      at += counts.get(level);
      labels[level] = level;
    }
    // Level as class: boxes of different levels do not suppress each other.
    T belongs =
        ops.equal(ops.constant(levels, 1, 1, total), ops.constant(labels, 1, labels.length, 1));
    T none = ops.constant(new float[] {-1});
    T scores = ops.where(belongs, ops.unsqueeze(candidates.scores(), 1), none); // [N, levels, K]
    T selected = ops.nonMaxSuppression(candidates.boxes(), scores, IOU, -0.5f); // [S, 3]
    T image = ops.reshape(ops.slice(selected, 1, 0, 1), -1); // [S]
    T index = ops.reshape(ops.slice(selected, 1, 2, 3), -1); // [S]
    T flat = ops.add(ops.mul(image, ops.constant(new long[] {total})), index); // [S]
    T kept = Boxes.keepOnly(ops, ops.reshape(candidates.scores(), -1), flat); // [N*K]
    int k = Math.min(limit, total);
    Ops.TopK<T> best = ops.topK(ops.reshape(kept, -1, total), k); // [N, k]
    T first = ops.mul(ops.range(ops.size(best.indices(), 0)), ops.constant(new long[] {total}));
    T rows = ops.add(best.indices(), ops.unsqueeze(first, 1)); // [N, k]
    T boxes = ops.gather(ops.reshape(candidates.boxes(), -1, 4), rows); // [N, k, 4]
    T valid = ops.greaterOrEqual(best.values(), ops.constant(new float[] {0}));
    T zero = ops.constant(new float[] {0});
    return new Proposals<>(ops.where(ops.unsqueeze(valid, 2), boxes, zero), best.values());
  }
}
