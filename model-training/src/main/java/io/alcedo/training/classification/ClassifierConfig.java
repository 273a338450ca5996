package io.alcedo.training.classification;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.training.data.ResizedCrop;
import io.alcedo.training.network.CifarResNet;
import io.alcedo.training.network.RectifierNet;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.network.ResNetClassifier;
import io.alcedo.training.ops.Gain;
import io.alcedo.training.ops.Initializer;
import io.alcedo.training.ops.Initializer.Fan;
import io.alcedo.training.ops.Norm;
import java.util.List;

/**
 * The shape of a classifier.
 *
 * @param labels class names; index 0 is the first class. Left out where the data names them
 * @param family which networks
 * @param depth layers with weights: of {@link ResNet#DEPTHS}, 6n + 2, or 3n + 3
 * @param width multiplies the channels, of the ImageNet family only
 * @param norm kind of the normalisations
 * @param residual whether blocks have shortcuts; false only in the CIFAR family
 * @param initialization of a rectifier network's weights
 * @param side of the square canvas, px
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClassifierConfig(
    List<String> labels,
    Family family,
    Integer depth,
    Double width,
    Norm.Kind norm,
    Boolean residual,
    Initialization initialization,
    Integer side) {
  private static final double EPS = 1e-5;

  /** Which networks. */
  public enum Family {
    /** {@link ResNetClassifier}. */
    @JsonProperty("imagenet")
    IMAGENET("imagenet"),
    /** {@link CifarResNet}. */
    @JsonProperty("cifar")
    CIFAR("cifar"),
    /** {@link RectifierNet}. */
    @JsonProperty("rectifier")
    RECTIFIER("rectifier");

    private final String code;

    Family(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  /** How a rectifier network's weights begin, normal with the standard deviations given. */
  public enum Initialization {
    /** √(2 ÷ fan-in): He et al. 2015b, equation 10. */
    @JsonProperty("he")
    HE("he", Gain.RELU),
    /** √(1 ÷ fan-in): what He et al. 2015b, section 2.2 calls Xavier's. */
    @JsonProperty("xavier")
    XAVIER("xavier", Gain.LINEAR);

    private final String code;
    private final Gain gain;

    Initialization(String code, Gain gain) {
      this.code = code;
      this.gain = gain;
    }

    @Override
    public String toString() {
      return code;
    }

    private Initializer weights() {
      return Initializer.heNormal(Fan.IN, gain.value());
    }
  }

  public ClassifierConfig {
    labels = labels == null ? null : List.copyOf(labels);
    require(labels == null || labels.size() > 1, "labels", labels, "two or more class names");
    family = family == null ? Family.IMAGENET : family;
    width = width == null ? 1 : width;
    norm = norm == null ? Norm.Kind.BATCH : norm;
    residual = residual == null || residual;
    initialization = initialization == null ? Initialization.HE : initialization;
    side = side == null ? (family == Family.IMAGENET ? 224 : 32) : side;
    require(side >= 8 && side <= 4096, "side", side, "8 to 4096 px");
    require(depth != null && depthExists(family, depth), "depth", depth, depths(family));
    require(
        family != Family.RECTIFIER || side % 8 == 0,
        "side",
        side,
        "a multiple of 8 in this family");
    require(width > 0 && width <= 4, "width", width, "above 0, at most 4");
    require(width == 1 || family == Family.IMAGENET, "width", width, "1 in family " + family);
    require(residual || family == Family.CIFAR, "residual", false, "true in family " + family);
  }

  /** The same with class names; those that it has stay. */
  public ClassifierConfig named(List<String> names) {
    return labels != null
        ? this
        : new ClassifierConfig(names, family, depth, width, norm, residual, initialization, side);
  }

  /** Number of classes. */
  public int classes() {
    if (labels == null) {
      throw new IllegalStateException("the classes have no names yet");
    }
    return labels.size();
  }

  /**
   * What the shorter side of a picture is scaled to before the middle is taken, px, as ImageNet's
   * figures are measured; null in the families whose pictures are stretched to the canvas.
   */
  public Integer shortSide() {
    return family == Family.IMAGENET ? ResizedCrop.shortSide(side) : null;
  }

  /** The network. */
  public Classifier network() {
    return switch (family) {
      case IMAGENET ->
          new ResNetClassifier(ResNet.ofDepth(depth, width, Norm.of(norm, EPS)), classes())::logits;
      case CIFAR -> CifarResNet.ofDepth(depth, classes(), Norm.of(norm, EPS), residual)::logits;
      case RECTIFIER -> new RectifierNet(depth, side, classes(), initialization.weights())::logits;
    };
  }

  private static boolean depthExists(Family family, int depth) {
    return switch (family) {
      case IMAGENET -> ResNet.DEPTHS.contains(depth);
      case CIFAR -> depth >= 8 && depth % 6 == 2;
      case RECTIFIER -> depth >= 6 && depth % 3 == 0;
    };
  }

  private static String depths(Family family) {
    return switch (family) {
      case IMAGENET -> "one of " + ResNet.DEPTHS;
      case CIFAR -> "6n + 2, as 20";
      case RECTIFIER -> "3n + 3, as 30";
    };
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, expected));
    }
  }
}
