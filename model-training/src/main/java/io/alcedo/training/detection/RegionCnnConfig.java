package io.alcedo.training.detection;

import static io.alcedo.training.detection.RegionCnnConfig.Require.positive;
import static io.alcedo.training.detection.RegionCnnConfig.Require.that;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.ops.Norm;
import java.util.List;

/**
 * The shape of a Faster R-CNN (Ren et al. 2015) or, with a mask head, a Mask R-CNN (He et al. 2017)
 * on a ResNet feature pyramid.
 *
 * @param labels class names; label id of the first is 1, 0 is the background
 * @param canvasWidth px, a multiple of 32
 * @param canvasHeight px, a multiple of 32
 * @param trunk the ResNet
 * @param pyramid the feature pyramid
 * @param anchors one size, px, for each of the five levels
 * @param proposals the region proposal network
 * @param boxes the box head
 * @param masks the mask head; null: none, a Faster R-CNN
 * @param scoreThreshold detections below it are left out
 * @param detections of an image at most
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RegionCnnConfig(
    List<String> labels,
    int canvasWidth,
    int canvasHeight,
    Trunk trunk,
    Pyramid pyramid,
    AnchorGenerator anchors,
    Proposals proposals,
    Boxes boxes,
    Masks masks,
    double scoreThreshold,
    int detections) {

  /**
   * The ResNet.
   *
   * @param depth one of {@link ResNet#DEPTHS}
   * @param width multiplies the channels
   * @param norm kind of its normalisations
   * @param eps added to their variance
   */
  public record Trunk(int depth, double width, Norm.Kind norm, double eps) {
    public Trunk {
      that(ResNet.DEPTHS.contains(depth), "trunk.depth", depth, "one of " + ResNet.DEPTHS);
      that(width > 0 && width <= 4, "trunk.width", width, "above 0, at most 4");
      norm = norm == null ? Norm.Kind.BATCH : norm;
      that(eps >= 0 && eps < 1, "trunk.eps", eps, "0 to 1");
    }

    ResNet network() {
      return ResNet.ofDepth(depth, width, Norm.of(norm, eps));
    }
  }

  /**
   * The feature pyramid.
   *
   * @param channels of every level
   * @param normalized batch norms behind its convolutions
   */
  public record Pyramid(int channels, boolean normalized) {
    public Pyramid {
      positive("pyramid.channels", channels);
    }
  }

  /**
   * The region proposal network.
   *
   * @param convolutions 3×3, before the two predictions
   * @param perLevel candidates a level before suppression
   * @param kept of an image after it
   */
  public record Proposals(int convolutions, int perLevel, int kept) {
    public Proposals {
      positive("proposals.convolutions", convolutions);
      positive("proposals.perLevel", perLevel);
      positive("proposals.kept", kept);
    }
  }

  /**
   * The box head.
   *
   * @param levelScale box of this side, px, is pooled from level P4 (Lin et al. 2017, equation 1)
   * @param convolutions 3×3 with batch norms, before one layer of {@code features}; 0: two such
   *     layers and no convolution
   * @param features units of a layer
   */
  public record Boxes(int levelScale, int convolutions, int features) {
    public Boxes {
      positive("boxes.levelScale", levelScale);
      that(convolutions >= 0, "boxes.convolutions", convolutions, "0 or more");
      positive("boxes.features", features);
    }
  }

  /**
   * The mask head.
   *
   * @param convolutions 3×3
   * @param channels of those
   * @param normalized batch norms behind them
   */
  public record Masks(int convolutions, int channels, boolean normalized) {
    public Masks {
      positive("masks.convolutions", convolutions);
      positive("masks.channels", channels);
    }
  }

  /** Canvas of pictures whose short side is 800 px and whose long one 1333 at most. */
  private static final int PUBLISHED_WIDTH = 1344;

  private static final int PUBLISHED_HEIGHT = 800;
  private static final double EPS = 1e-5;

  public RegionCnnConfig {
    that(labels != null && !labels.isEmpty(), "labels", labels, "at least one class name");
    canvas("canvasWidth", canvasWidth);
    canvas("canvasHeight", canvasHeight);
    that(trunk != null, "trunk", null, "a block of keys");
    that(pyramid != null, "pyramid", null, "a block of keys");
    that(anchors != null && anchors.sizes().size() == 5, "anchors.sizes", anchors, "five sizes");
    that(!anchors.ratios().isEmpty(), "anchors.ratios", anchors.ratios(), "at least one");
    that(proposals != null, "proposals", null, "a block of keys");
    that(boxes != null, "boxes", null, "a block of keys");
    positive("detections", detections);
    labels = List.copyOf(labels);
  }

  private static void canvas(String key, int side) {
    that(side > 0 && side % 32 == 0, key, side, "a multiple of 32");
  }

  /** The bundled person detector: people 20 to 300 px tall on a canvas of 512×384. */
  public static RegionCnnConfig slim() {
    return new RegionCnnConfig(
        List.of("person"),
        512,
        384,
        new Trunk(18, 0.5, Norm.Kind.BATCH, EPS),
        new Pyramid(64, false),
        new AnchorGenerator(List.of(16, 32, 64, 128, 256), List.of(1.0, 2.0, 3.0)),
        new Proposals(1, 300, 100),
        new Boxes(112, 0, 256),
        new Masks(2, 64, false),
        0.05,
        100);
  }

  /**
   * torchvision's {@code fasterrcnn_resnet50_fpn} or {@code maskrcnn_resnet50_fpn}, of any depth.
   *
   * @param masks whether it has a mask head
   * @param eps of the frozen batch norms: 1e-5, but 0 in the published COCO weights
   */
  public static RegionCnnConfig torchvision(
      List<String> labels, int depth, boolean masks, double eps) {
    return published(
        labels,
        new Trunk(depth, 1, Norm.Kind.FROZEN, eps),
        false,
        new Boxes(224, 0, 1024),
        masks ? new Masks(4, 256, false) : null);
  }

  /**
   * torchvision's {@code …_v2} (Li et al. 2021): batch norms everywhere, a deeper proposal head,
   * four convolutions in the box head.
   *
   * @param masks whether it has a mask head
   */
  public static RegionCnnConfig torchvisionV2(List<String> labels, int depth, boolean masks) {
    return published(
        labels,
        new Trunk(depth, 1, Norm.Kind.BATCH, EPS),
        true,
        new Boxes(224, 4, 1024),
        masks ? new Masks(4, 256, true) : null);
  }

  private static RegionCnnConfig published(
      List<String> labels, Trunk trunk, boolean second, Boxes boxes, Masks masks) {
    return new RegionCnnConfig(
        labels,
        PUBLISHED_WIDTH,
        PUBLISHED_HEIGHT,
        trunk,
        new Pyramid(256, second),
        new AnchorGenerator(List.of(32, 64, 128, 256, 512), List.of(0.5, 1.0, 2.0)),
        new Proposals(second ? 2 : 1, 1000, 1000),
        boxes,
        masks,
        0.05,
        100);
  }

  /** Classes with the background. */
  public int classes() {
    return labels.size() + 1;
  }

  /** The same network on another canvas. */
  public RegionCnnConfig onCanvas(int width, int height) {
    return with(labels, width, height, trunk);
  }

  /** The same with other class names, as many. */
  public RegionCnnConfig labelled(List<String> names) {
    that(names.size() == labels.size(), "labels", names, labels.size() + " names");
    return with(names, canvasWidth, canvasHeight, trunk);
  }

  /** The same with another eps in the trunk's norms. */
  public RegionCnnConfig withTrunkEps(double eps) {
    Trunk changed = new Trunk(trunk.depth(), trunk.width(), trunk.norm(), eps);
    return with(labels, canvasWidth, canvasHeight, changed);
  }

  private RegionCnnConfig with(List<String> names, int width, int height, Trunk other) {
    return new RegionCnnConfig(
        names,
        width,
        height,
        other,
        pyramid,
        anchors,
        proposals,
        boxes,
        masks,
        scoreThreshold,
        detections);
  }

  /** Height and width of a pyramid level (0 is P2, 4 is the pooled P6), px. */
  int[] levelSize(int level) {
    int stride = 4 << Math.min(level, 3);
    int height = canvasHeight / stride;
    int width = canvasWidth / stride;
    return level < 4 ? new int[] {height, width} : new int[] {(height + 1) / 2, (width + 1) / 2};
  }

  /** Checks of keys. */
  static final class Require {
    private Require() {}

    static void that(boolean holds, String key, Object value, String expected) {
      if (!holds) {
        throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, expected));
      }
    }

    static void positive(String key, int value) {
      that(value > 0, key, value, "above 0");
    }
  }
}
