package io.alcedo.operators.stream.preset;

import java.util.List;
import java.util.stream.Collectors;

/** A convention of graphs that others export, under the name it has on the command line. */
public final class ModelPreset {
  public static final ModelPreset TORCHVISION_DETECTION =
      new ModelPreset("torchvision-detection", RegionCnnConvention.TORCHVISION);
  public static final ModelPreset MODEL_ZOO_DETECTION =
      new ModelPreset("model-zoo-detection", RegionCnnConvention.MODEL_ZOO);
  public static final ModelPreset CLASSIFIER =
      new ModelPreset("classifier", new ClassifierConvention());

  private static final List<ModelPreset> ALL =
      List.of(TORCHVISION_DETECTION, MODEL_ZOO_DETECTION, CLASSIFIER);

  private final String code;
  private final Convention convention;

  private ModelPreset(String code, Convention convention) {
    this.code = code;
    this.convention = convention;
  }

  /** As it is written on the command line. */
  public String code() {
    return code;
  }

  Convention convention() {
    return convention;
  }

  /**
   * The preset of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ModelPreset ofCode(String code) {
    return ALL.stream()
        .filter(preset -> preset.code.equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "preset '%s' is unknown, expected one of %s".formatted(code, codes())));
  }

  /** All codes, in the order in which they are shown. */
  public static List<String> codes() {
    return ALL.stream().map(ModelPreset::code).toList();
  }

  /** What each expects, for people. */
  static String expectations() {
    return ALL.stream()
        .map(preset -> preset.code + " expects " + preset.convention.expects())
        .collect(Collectors.joining(". "));
  }
}
