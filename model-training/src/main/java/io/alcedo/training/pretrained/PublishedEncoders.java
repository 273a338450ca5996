package io.alcedo.training.pretrained;

import io.alcedo.training.checkpoint.StateDict;
import io.alcedo.training.checkpoint.StateDict.Difference;
import io.alcedo.training.checkpoint.StoredTensor;
import io.alcedo.training.classification.ClassifierConfig;
import io.alcedo.training.moco.EmbeddingLayer;
import io.alcedo.training.moco.EncoderConfig;
import io.alcedo.training.moco.HeadConfig;
import io.alcedo.training.moco.HeadConfig.Kind;
import io.alcedo.training.model.NetworkSpec;
import java.util.Map;
import java.util.Optional;

/**
 * Encoders as contrastive trainings publish them: a trunk, and a head that is known by its names.
 * The trunk's features become the embedding, as in the published figures of transfer.
 */
final class PublishedEncoders {
  private static final String LINEAR = "fc.weight";
  private static final String FIRST = "fc.0.weight";
  private static final String MLP_LAST = "fc.2.weight";
  private static final String PROJECTOR_LAST = "fc.3.weight";

  private PublishedEncoders() {}

  /**
   * The encoder that a training wrapper held; empty if there was no wrapper, or its trunk or head
   * is not known.
   *
   * @param architecture of the trunk
   */
  static Optional<NetworkSpec> of(Architecture architecture, StateDict state) {
    ClassifierConfig trunk = architecture.network().apply(Architecture.LEAST_CLASSES).classifier();
    if (!state.isOfEncoder() || trunk == null) {
      return Optional.empty();
    }
    return head(state.tensors())
        .map(head -> NetworkSpec.of(encoder(trunk, head)))
        .filter(spec -> fits(state, spec));
  }

  private static EncoderConfig encoder(ClassifierConfig trunk, HeadConfig head) {
    EncoderConfig.Family family =
        trunk.family() == ClassifierConfig.Family.CIFAR
            ? EncoderConfig.Family.CIFAR
            : EncoderConfig.Family.IMAGENET;
    return new EncoderConfig(
        family,
        trunk.depth(),
        null,
        null,
        null,
        head,
        EmbeddingLayer.FEATURES,
        trunk.side(),
        trunk.side());
  }

  private static boolean fits(StateDict state, NetworkSpec spec) {
    Difference difference = state.compare(spec.cost().parameterShapes());
    return difference.isEmpty();
  }

  private static Optional<HeadConfig> head(Map<String, StoredTensor> tensors) {
    if (tensors.containsKey(LINEAR)) {
      return Optional.of(new HeadConfig(Kind.LINEAR, rows(tensors, LINEAR), null));
    }
    if (tensors.containsKey(MLP_LAST)) {
      return Optional.of(new HeadConfig(Kind.MLP, rows(tensors, MLP_LAST), rows(tensors, FIRST)));
    }
    if (tensors.containsKey(PROJECTOR_LAST)) {
      return Optional.of(
          new HeadConfig(Kind.PROJECTOR, rows(tensors, PROJECTOR_LAST), rows(tensors, FIRST)));
    }
    boolean bare = tensors.keySet().stream().noneMatch(name -> name.startsWith("fc."));
    return bare ? Optional.of(new HeadConfig(Kind.NONE, null, null)) : Optional.empty();
  }

  /** Size of what a layer gives; where it is no matrix, some size, which then does not fit. */
  private static int rows(Map<String, StoredTensor> tensors, String name) {
    StoredTensor tensor = tensors.get(name);
    boolean isMatrix = tensor != null && tensor.shape().length == 2 && tensor.shape()[0] > 1;
    return isMatrix ? Math.toIntExact(Math.min(tensor.shape()[0], 1 << 20)) : 2;
  }
}
