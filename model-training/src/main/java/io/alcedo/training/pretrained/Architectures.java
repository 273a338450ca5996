package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.StateDict.Difference;
import io.alcedo.training.checkpoint.StoredTensor;
import io.alcedo.training.network.CifarResNet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The networks whose checkpoints are known, by name. */
public final class Architectures {
  private static final int[] RESNET50 = {3, 4, 6, 3};
  private static final int PYRAMID = 256;
  private static final int LEVELS = 4;
  private static final int ANCHORS = 3;

  private static final Map<String, Architecture> ALL = new LinkedHashMap<>();

  static {
    resnet("resnet18", new int[] {2, 2, 2, 2}, false);
    resnet("resnet34", new int[] {3, 4, 6, 3}, false);
    resnet("resnet50", RESNET50, true);
    resnet("resnet101", new int[] {3, 4, 23, 3}, true);
    resnet("resnet152", new int[] {3, 8, 36, 3}, true);
    for (int depth : CifarResNet.DEPTHS) {
      ParameterShapes shapes = new ParameterShapes().cifarResnet((depth - 2) / 6);
      add("cifar_resnet" + depth, "CIFAR ResNet-%d, option A".formatted(depth), shapes, "linear.");
    }
    add("fasterrcnn_resnet50_fpn", "Faster R-CNN, ResNet-50 FPN", faster(), "");
    add("maskrcnn_resnet50_fpn", "Mask R-CNN, ResNet-50 FPN", mask(faster(), false), "");
    add("fasterrcnn_resnet50_fpn_v2", "Faster R-CNN v2, ResNet-50 FPN", faster2(), "");
    add("maskrcnn_resnet50_fpn_v2", "Mask R-CNN v2, ResNet-50 FPN", mask(faster2(), true), "");
  }

  private Architectures() {}

  /** All, by name. */
  public static Map<String, Architecture> all() {
    return java.util.Collections.unmodifiableMap(ALL);
  }

  /**
   * The network of that name.
   *
   * @throws InvalidInputException if it is not known
   */
  public static Architecture named(String name) {
    Architecture found = ALL.get(name);
    if (found == null) {
      throw new InvalidInputException(
          "architecture '%s' is not known. Known are %s."
              .formatted(name, String.join(", ", ALL.keySet())));
    }
    return found;
  }

  /** The network that has exactly these tensors, whatever its head. */
  public static Optional<Architecture> of(StateDict state) {
    return ALL.values().stream().filter(a -> difference(state, a).isEmpty()).findFirst();
  }

  /** What a checkpoint lacks or has too much for a network; its free head does not count. */
  public static Difference difference(StateDict state, Architecture architecture) {
    Map<String, StoredTensor> trunk = new LinkedHashMap<>(state.tensors());
    trunk.keySet().removeIf(architecture::isHead);
    return new StateDict(trunk, "", List.of(), new TreeMap<>()).compare(architecture.parameters());
  }

  private static void resnet(String name, int[] blocks, boolean bottleneck) {
    String description = "ResNet-%s, ImageNet layout".formatted(name.substring("resnet".length()));
    add(name, description, new ParameterShapes().resnet("", blocks, bottleneck), "fc.");
  }

  private static void add(String name, String description, ParameterShapes shapes, String head) {
    ALL.put(name, new Architecture(name, description, shapes.shapes(), head));
  }

  private static ParameterShapes faster() {
    ParameterShapes p = new ParameterShapes().resnet("backbone.body.", RESNET50, true);
    for (int i = 0; i < LEVELS; i++) {
      p.convWithBias("backbone.fpn.inner_blocks.%d.0".formatted(i), PYRAMID << i, PYRAMID, 1);
      p.convWithBias("backbone.fpn.layer_blocks.%d.0".formatted(i), PYRAMID, PYRAMID, 3);
    }
    p.convWithBias("rpn.head.conv.0.0", PYRAMID, PYRAMID, 3);
    p.linear("roi_heads.box_head.fc6", PYRAMID * 49, 1024);
    p.linear("roi_heads.box_head.fc7", 1024, 1024);
    return predictors(p);
  }

  /** With normalised pyramid and box head, and a deeper RPN (Li et al. 2021). */
  private static ParameterShapes faster2() {
    ParameterShapes p = new ParameterShapes().resnet("backbone.body.", RESNET50, true);
    for (int i = 0; i < LEVELS; i++) {
      normed(p, "backbone.fpn.inner_blocks.%d".formatted(i), PYRAMID << i, 1);
      normed(p, "backbone.fpn.layer_blocks.%d".formatted(i), PYRAMID, 3);
      normed(p, "roi_heads.box_head.%d".formatted(i), PYRAMID, 3);
    }
    p.convWithBias("rpn.head.conv.0.0", PYRAMID, PYRAMID, 3);
    p.convWithBias("rpn.head.conv.1.0", PYRAMID, PYRAMID, 3);
    p.linear("roi_heads.box_head.5", PYRAMID * 49, 1024);
    return predictors(p);
  }

  private static ParameterShapes predictors(ParameterShapes p) {
    return p.convWithBias("rpn.head.cls_logits", PYRAMID, ANCHORS, 1)
        .convWithBias("rpn.head.bbox_pred", PYRAMID, 4 * ANCHORS, 1)
        .linear("roi_heads.box_predictor.cls_score", 1024, ParameterShapes.ANY)
        .linear("roi_heads.box_predictor.bbox_pred", 1024, ParameterShapes.ANY);
  }

  private static ParameterShapes mask(ParameterShapes p, boolean norms) {
    for (int i = 0; i < LEVELS; i++) {
      String name = "roi_heads.mask_head.%d".formatted(i);
      if (norms) {
        normed(p, name, PYRAMID, 3);
      } else {
        p.convWithBias(name + ".0", PYRAMID, PYRAMID, 3);
      }
    }
    return p.convWithBias("roi_heads.mask_predictor.conv5_mask", PYRAMID, PYRAMID, 2)
        .convWithBias("roi_heads.mask_predictor.mask_fcn_logits", PYRAMID, ParameterShapes.ANY, 1);
  }

  private static void normed(ParameterShapes p, String name, long in, long kernel) {
    p.conv(name + ".0", in, PYRAMID, kernel).norm(name + ".1", PYRAMID);
  }
}
