package io.alcedo.training.detection;

import io.alcedo.training.network.ResNet;
import java.util.List;

/**
 * The shape of a Mask R-CNN.
 *
 * @param labels class names; label id of the first is 1, 0 is the background
 * @param canvasWidth px, a multiple of 32
 * @param canvasHeight px, a multiple of 32
 * @param depth of the ResNet trunk
 * @param width multiplies the trunk's channels
 * @param pyramidChannels of every pyramid level
 * @param anchorSizes px, one for each of the five levels
 * @param anchorRatios height ÷ width
 * @param proposalsPerLevel candidates a level before suppression
 * @param proposals of an image after suppression
 * @param levelScale box of this side, px, is pooled from level P4 (Lin et al. 2017, equation 1)
 * @param boxFeatures units of the box head's two layers
 * @param maskLayers 3×3 convolutions of the mask head
 * @param maskChannels of those
 * @param scoreThreshold detections below it are left out
 * @param detections of an image at most
 */
public record RegionCnnConfig(
    List<String> labels,
    int canvasWidth,
    int canvasHeight,
    int depth,
    double width,
    int pyramidChannels,
    List<Integer> anchorSizes,
    List<Double> anchorRatios,
    int proposalsPerLevel,
    int proposals,
    int levelScale,
    int boxFeatures,
    int maskLayers,
    int maskChannels,
    double scoreThreshold,
    int detections) {

  public RegionCnnConfig {
    require(labels != null && !labels.isEmpty(), "labels", labels, "at least one class name");
    require(canvasWidth > 0 && canvasWidth % 32 == 0, "canvasWidth", canvasWidth, "multiple of 32");
    require(
        canvasHeight > 0 && canvasHeight % 32 == 0, "canvasHeight", canvasHeight, "multiple of 32");
    require(ResNet.DEPTHS.contains(depth), "depth", depth, "one of " + ResNet.DEPTHS);
    require(width > 0 && width <= 4, "width", width, "above 0, at most 4");
    require(pyramidChannels > 0, "pyramidChannels", pyramidChannels, "above 0");
    require(
        anchorSizes != null && anchorSizes.size() == 5, "anchorSizes", anchorSizes, "five sizes");
    require(
        anchorRatios != null && !anchorRatios.isEmpty(), "anchorRatios", anchorRatios, "ratios");
    require(proposalsPerLevel > 0, "proposalsPerLevel", proposalsPerLevel, "above 0");
    require(proposals > 0, "proposals", proposals, "above 0");
    require(levelScale > 0, "levelScale", levelScale, "above 0");
    require(boxFeatures > 0, "boxFeatures", boxFeatures, "above 0");
    require(maskLayers > 0, "maskLayers", maskLayers, "above 0");
    require(maskChannels > 0, "maskChannels", maskChannels, "above 0");
    require(detections > 0, "detections", detections, "above 0");
    labels = List.copyOf(labels);
    anchorSizes = List.copyOf(anchorSizes);
    anchorRatios = List.copyOf(anchorRatios);
  }

  /** The bundled person detector: people 20 to 300 px tall on a canvas of 512×384. */
  public static RegionCnnConfig slim() {
    return new RegionCnnConfig(
        List.of("person"),
        512,
        384,
        18,
        0.5,
        64,
        List.of(16, 32, 64, 128, 256),
        List.of(1.0, 2.0, 3.0),
        300,
        100,
        112,
        256,
        2,
        64,
        0.05,
        100);
  }

  /** Classes with the background. */
  public int classes() {
    return labels.size() + 1;
  }

  /** Height and width of a pyramid level (0 is P2, 4 is the pooled P6), px. */
  public int[] levelSize(int level) {
    int stride = 4 << Math.min(level, 3);
    int height = canvasHeight / stride;
    int width = canvasWidth / stride;
    return level < 4 ? new int[] {height, width} : new int[] {(height + 1) / 2, (width + 1) / 2};
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, expected));
    }
  }
}
