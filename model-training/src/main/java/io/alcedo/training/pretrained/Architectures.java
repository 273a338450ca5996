package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.classification.ClassifierConfig.Family;
import io.alcedo.training.detection.RegionCnnConfig;
import io.alcedo.training.model.CocoLabels;
import io.alcedo.training.model.NetworkSpec;
import io.alcedo.training.network.CifarResNet;
import io.alcedo.training.network.ResNet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The networks whose checkpoints are known, by name. */
public final class Architectures {
  private static final double EPS = 1e-5;
  private static final String CLASS_SCORES = "roi_heads.box_predictor.cls_score.weight";

  private static final Map<String, Architecture> ALL = new LinkedHashMap<>();

  static {
    for (int depth : ResNet.DEPTHS) {
      classifier("resnet" + depth, "ResNet-%d".formatted(depth), Family.IMAGENET, depth, "fc.");
    }
    for (int depth : CifarResNet.DEPTHS) {
      String description = "CIFAR ResNet-%d, option A".formatted(depth);
      classifier("cifar_resnet" + depth, description, Family.CIFAR, depth, "linear.");
    }
    for (int depth : ResNet.DEPTHS) {
      first(depth, "fasterrcnn", "Faster R-CNN", false);
      first(depth, "maskrcnn", "Mask R-CNN", true);
      second(depth, "fasterrcnn", "Faster R-CNN v2", false);
      second(depth, "maskrcnn", "Mask R-CNN v2", true);
    }
  }

  private Architectures() {}

  /** All, by name. */
  public static Map<String, Architecture> all() {
    return Collections.unmodifiableMap(ALL);
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
    return ALL.values().stream().filter(a -> a.difference(state).isEmpty()).findFirst();
  }

  private static void classifier(
      String name, String description, Family family, int depth, String head) {
    add(
        new Architecture(
            name,
            description,
            classes ->
                NetworkSpec.of(
                    new ClassifierConfig(
                        CocoLabels.numbered(classes, 0),
                        family,
                        depth,
                        null,
                        null,
                        null,
                        null,
                        null)),
            head + "weight",
            head));
  }

  private static void first(int depth, String kind, String description, boolean masks) {
    String name = "%s_resnet%d_fpn".formatted(kind, depth);
    detector(
        name, description, depth, labels -> RegionCnnConfig.torchvision(labels, depth, masks, EPS));
  }

  private static void second(int depth, String kind, String description, boolean masks) {
    String name = "%s_resnet%d_fpn_v2".formatted(kind, depth);
    detector(
        name, description, depth, labels -> RegionCnnConfig.torchvisionV2(labels, depth, masks));
  }

  private static void detector(
      String name, String description, int depth, Function<List<String>, RegionCnnConfig> config) {
    add(
        new Architecture(
            name,
            "%s, ResNet-%d FPN".formatted(description, depth),
            classes -> NetworkSpec.of(config.apply(CocoLabels.ofDetector(classes - 1))),
            CLASS_SCORES,
            ""));
  }

  private static void add(Architecture architecture) {
    ALL.put(architecture.name(), architecture);
  }
}
