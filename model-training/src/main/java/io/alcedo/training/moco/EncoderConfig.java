package io.alcedo.training.moco;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.alcedo.training.moco.HeadConfig.Kind;
import io.alcedo.training.network.CifarTrunk;
import io.alcedo.training.network.ResNet;
import io.alcedo.training.network.Trunk;
import io.alcedo.training.ops.Norm;
import java.util.List;

/**
 * The shape of an encoder.
 *
 * @param family which trunks
 * @param depth layers with weights of the classifier that has this trunk: of {@link ResNet#DEPTHS},
 *     10 (a block a stage), or 6n + 2
 * @param width multiplies the channels, to multiples of 8
 * @param norm kind of the normalisations; serving knows no difference between batch and split
 * @param splits parts of the batch of a split norm
 * @param head what comes after the trunk
 * @param embedding which layer is the embedding
 * @param canvasWidth px
 * @param canvasHeight px
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EncoderConfig(
    Family family,
    Integer depth,
    Double width,
    Norm.Kind norm,
    Integer splits,
    HeadConfig head,
    EmbeddingLayer embedding,
    Integer canvasWidth,
    Integer canvasHeight) {
  private static final double EPS = 1e-5;
  private static final int SPLITS = 8;
  private static final int GROUPS = 8;

  /** A block a stage: not published, but small. */
  private static final int TEN_LAYERS = 10;

  /** Which trunks. */
  public enum Family {
    /** {@link ResNet}. */
    @JsonProperty("imagenet")
    IMAGENET("imagenet"),
    /** {@link CifarTrunk}. */
    @JsonProperty("cifar")
    CIFAR("cifar");

    private final String code;

    Family(String code) {
      this.code = code;
    }

    @Override
    public String toString() {
      return code;
    }
  }

  public EncoderConfig {
    family = family == null ? Family.IMAGENET : family;
    width = width == null ? 1 : width;
    norm = norm == null ? Norm.Kind.BATCH : norm;
    splits = splits == null && norm == Norm.Kind.SPLIT ? Integer.valueOf(SPLITS) : splits;
    head = head == null ? new HeadConfig(null, null, null) : head;
    embedding = embedding == null ? EmbeddingLayer.FEATURES : embedding;
    canvasWidth = canvasWidth == null ? side(family) : canvasWidth;
    canvasHeight = canvasHeight == null ? side(family) : canvasHeight;
    require(depth != null && exists(family, depth), "depth", depth, depths(family));
    require(width > 0 && width <= 8, "width", width, "above 0, at most 8");
    require(norm != Norm.Kind.FROZEN, "norm", norm, "batch, split or group");
    require(
        splits == null || (norm == Norm.Kind.SPLIT && splits >= 2),
        "splits",
        splits,
        "2 or more, and only with norm split");
    require(
        head.kind() != Kind.PROJECTOR || norm != Norm.Kind.GROUP,
        "norm",
        norm,
        "batch or split with a projector, whose layers have batch norms");
    require(
        head.kind() != Kind.NONE || embedding == EmbeddingLayer.FEATURES,
        "embedding",
        embedding,
        "features where there is no head");
    require(canvasWidth >= 8 && canvasWidth <= 4096, "canvasWidth", canvasWidth, "8 to 4096 px");
    require(
        canvasHeight >= 8 && canvasHeight <= 4096, "canvasHeight", canvasHeight, "8 to 4096 px");
  }

  /** Size of an embedding. */
  @JsonIgnore
  public int dim() {
    return network().dim(embedding);
  }

  /** The network. */
  public Encoder network() {
    Norm unnamed =
        switch (norm) {
          case GROUP -> new Norm("", norm, EPS, GROUPS);
          case SPLIT -> new Norm("", norm, EPS, splits);
          default -> new Norm("", norm, EPS, 0);
        };
    return new Encoder(trunk(unnamed), head, unnamed);
  }

  private Trunk trunk(Norm unnamed) {
    if (family == Family.CIFAR) {
      return CifarTrunk.ofDepth(depth, width, unnamed, true);
    }
    return depth == TEN_LAYERS
        ? new ResNet(List.of(1, 1, 1, 1), false, width, unnamed)
        : ResNet.ofDepth(depth, width, unnamed);
  }

  private static int side(Family family) {
    return family == Family.IMAGENET ? 224 : 32;
  }

  private static boolean exists(Family family, int depth) {
    return family == Family.IMAGENET
        ? depth == TEN_LAYERS || ResNet.DEPTHS.contains(depth)
        : depth >= 8 && depth % 6 == 2;
  }

  private static String depths(Family family) {
    return family == Family.IMAGENET ? "10 or one of " + ResNet.DEPTHS : "6n + 2, as 20";
  }

  private static void require(boolean holds, String key, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s, expected %s".formatted(key, value, expected));
    }
  }
}
