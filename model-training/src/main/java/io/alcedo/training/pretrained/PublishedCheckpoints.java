package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The published checkpoints that can be pulled by name: torchvision (the name's last eight digits
 * are the SHA-256's first) and MoCo. Figures are the authors'.
 */
public final class PublishedCheckpoints {
  private static final String TORCHVISION = "https://download.pytorch.org/models/";
  private static final String MOCO = "https://dl.fbaipublicfiles.com/moco/moco_checkpoints/";
  private static final String MOCO_V3 = "https://dl.fbaipublicfiles.com/moco-v3/";

  private static final String IMAGENET =
      "BSD-3-Clause (torchvision); trained on ImageNet, whose terms are for research only";
  private static final String COCO =
      "BSD-3-Clause (torchvision); trained on COCO (annotations CC-BY-4.0, pictures under Flickr's terms) from ImageNet weights";
  private static final String NON_COMMERCIAL =
      "CC-BY-NC-4.0 (not for commercial use); trained on ImageNet, whose terms are for research only";

  private static final Map<String, PublishedCheckpoint> ALL = new LinkedHashMap<>();

  static {
    imageNet("resnet18", "resnet18-f37072fd.pth", 44.7, "69.76");
    imageNet("resnet34", "resnet34-b627a593.pth", 83.3, "73.31");
    imageNet("resnet50", "resnet50-0676ba61.pth", 97.8, "76.13");
    imageNet("resnet50_v2", "resnet50-11ad3fa6.pth", 97.8, "80.86");
    imageNet("resnet101", "resnet101-63fe2227.pth", 170.5, "77.37");
    imageNet("resnet101_v2", "resnet101-cd907fc2.pth", 170.5, "81.89");
    imageNet("resnet152", "resnet152-394f9c45.pth", 230.4, "78.31");
    imageNet("resnet152_v2", "resnet152-f82ba261.pth", 230.5, "82.28");
    coco("fasterrcnn_resnet50_fpn", "258fb6c6", 159.7, "box AP 37.0");
    coco("fasterrcnn_resnet50_fpn_v2", "dd69338a", 167.1, "box AP 46.7");
    coco("maskrcnn_resnet50_fpn", "bf2d0c1e", 169.8, "box AP 37.9, mask AP 34.6");
    coco("maskrcnn_resnet50_fpn_v2", "73cbd019", 177.2, "box AP 47.4, mask AP 41.8");
    moco("moco_v1_200ep", "b251726a", "60.6");
    moco("moco_v2_200ep", "59fd9945", "67.7");
    moco("moco_v2_800ep", "a04e12f8", "71.1");
    moco3("100ep");
    moco3("300ep");
    moco3("1000ep");
  }

  private PublishedCheckpoints() {}

  /** All, by name. */
  public static Map<String, PublishedCheckpoint> all() {
    return Collections.unmodifiableMap(ALL);
  }

  /**
   * The checkpoint of that name.
   *
   * @throws InvalidInputException if it is not known
   */
  public static PublishedCheckpoint named(String name) {
    PublishedCheckpoint found = ALL.get(name);
    if (found == null) {
      throw new InvalidInputException(
          "checkpoint '%s' is not known. Known are %s."
              .formatted(name, String.join(", ", ALL.keySet())));
    }
    return found;
  }

  /**
   * Whether a file is one of torchvision's first published detectors, whose frozen norms add
   * nothing to the variance: {@code overwrite_eps} in its source.
   *
   * @param sha256 of the file
   */
  static boolean hasFrozenNormsOfZeroEps(String sha256) {
    return Stream.of("fasterrcnn_resnet50_fpn", "maskrcnn_resnet50_fpn")
        .anyMatch(name -> sha256.startsWith(ALL.get(name).checksum()));
  }

  private static void imageNet(String name, String file, double megabytes, String top1) {
    torchvision(name, file, megabytes, IMAGENET, "ImageNet top-1 " + top1);
  }

  private static void coco(String name, String hash, double megabytes, String quality) {
    String file = "%s_coco-%s.pth".formatted(name, hash);
    torchvision(name, file, megabytes, COCO, "COCO " + quality);
  }

  private static void torchvision(
      String name, String file, double megabytes, String licence, String quality) {
    String architecture = file.contains("_coco-") ? name : file.substring(0, file.indexOf('-'));
    String hash = file.substring(file.lastIndexOf('-') + 1, file.lastIndexOf('.'));
    URI home = URI.create(TORCHVISION + file);
    ALL.put(
        name,
        new PublishedCheckpoint(
            name, architecture, home, megabytes, Digest.SHA_256, hash, licence, quality));
  }

  private static void moco(String name, String md5, String linear) {
    URI home = URI.create("%s%s/%s_pretrain.pth.tar".formatted(MOCO, name, name));
    String quality = "ImageNet linear top-1 " + linear;
    ALL.put(
        name,
        new PublishedCheckpoint(
            name, "resnet50", home, 0, Digest.MD5, md5, NON_COMMERCIAL, quality));
  }

  /** Its authors give no checksum. */
  private static void moco3(String epochs) {
    String name = "moco_v3_r50_" + epochs;
    URI home = URI.create("%sr-50-%s/r-50-%s.pth.tar".formatted(MOCO_V3, epochs, epochs));
    ALL.put(
        name,
        new PublishedCheckpoint(
            name, "resnet50", home, 0, Digest.SHA_256, "", NON_COMMERCIAL, "self-supervised"));
  }
}
