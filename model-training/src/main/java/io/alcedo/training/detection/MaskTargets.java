package io.alcedo.training.detection;

import io.alcedo.training.ops.MaskSampling;
import io.alcedo.training.ops.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What the mask head should have said of the positive regions: soft masks of 28×28. */
final class MaskTargets {
  private static final int AREA = MaskHead.SIDE * MaskHead.SIDE;

  private final List<RegionBatch.Region> regions = new ArrayList<>();
  private final int classes;
  private float[] masks;

  private MaskTargets(int classes) {
    this.classes = classes;
  }

  /** Of the positives in images that have masks. */
  static MaskTargets of(RegionBatch batch, List<DetectionTarget> targets, RegionCnnConfig config) {
    MaskTargets all = new MaskTargets(config.classes());
    for (int i : batch.positives()) {
      if (targets.get(batch.get(i).image()).masks() != null) {
        all.regions.add(batch.get(i));
      }
    }
    all.masks = new float[all.regions.size() * AREA];
    for (int i = 0; i < all.regions.size(); i++) {
      RegionBatch.Region region = all.regions.get(i);
      byte[] mask = targets.get(region.image()).masks()[region.object()];
      MaskSampling.sample(
          mask,
          config.canvasHeight(),
          config.canvasWidth(),
          region.box(),
          MaskHead.SIDE,
          all.masks,
          i * AREA);
    }
    return all;
  }

  int size() {
    return regions.size();
  }

  /** [P, 4]. */
  Tensor boxes() {
    float[] boxes = new float[4 * regions.size()];
    for (int i = 0; i < regions.size(); i++) {
      System.arraycopy(regions.get(i).box(), 0, boxes, 4 * i, 4);
    }
    return Tensors.of(boxes, regions.size(), 4);
  }

  /** int64 [P]. */
  Tensor images() {
    return Tensors.of(
        regions.stream().mapToLong(RegionBatch.Region::image).toArray(), regions.size());
  }

  /** Row of each region's class in the logits seen as [P · classes, 28, 28], int64 [P]. */
  Tensor channels() {
    long[] channels = new long[regions.size()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = (long) i * classes + regions.get(i).label();
    }
    return Tensors.of(channels, channels.length);
  }

  /** [P, 28, 28]. */
  Tensor masks() {
    return Tensors.of(masks, regions.size(), MaskHead.SIDE, MaskHead.SIDE);
  }
}
