package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Resize;
import java.util.List;

/** Whether pictures can be written as a manifest's input says. */
record InputCheck(ManifestFaults faults) {
  private static final int LONGEST = 4096;

  void check(Input input) {
    faults.text("input.name", input.name(), "a graph input");
    faults.expect("input.layout", input.layout(), input.layout() != null, "NHWC, NCHW or CHW");
    faults.expect("input.type", input.type(), input.type() != null, "UINT8 or FLOAT32");
    faults.expect("input.colorOrder", input.colorOrder(), input.colorOrder() != null, "RGB or BGR");
    values(input);
    if (faults.expect(
        "input.resize",
        input.resize(),
        input.resize() != null,
        "LETTERBOX, STRETCH, SHORT_SIDE, CENTER_CROP or NONE")) {
      canvas(input);
    }
    boolean isLetterbox = input.sizesName() == null || input.resize() == Resize.LETTERBOX;
    faults.expect("input.sizesName", input.sizesName(), isLetterbox, "none unless LETTERBOX");
  }

  private void values(Input input) {
    boolean isScale = Double.isFinite(input.scale()) && input.scale() != 0;
    faults.expect("input.scale", input.scale(), isScale, "a number that is not 0");
    boolean isMean = isTriple(input.mean());
    faults.expect("input.mean", input.mean(), isMean, "three numbers");
    boolean isStd = isTriple(input.std()) && !input.std().contains(0.0);
    faults.expect("input.std", input.std(), isStd, "three numbers that are not 0");
    if (input.type() == NumberType.UINT8 && isMean && isStd) {
      boolean unchanged =
          input.scale() == 1
              && input.mean().stream().allMatch(mean -> mean == 0)
              && input.std().stream().allMatch(std -> std == 1);
      faults.expect(
          "input.type", input.type(), unchanged, "FLOAT32 with a scale, mean or std of its own");
    }
  }

  private static boolean isTriple(List<Double> values) {
    return values != null
        && values.size() == 3
        && values.stream().allMatch(value -> value != null && Double.isFinite(value));
  }

  private void canvas(Input input) {
    if (new InputWriter(input).isFixed()) {
      side("input.canvasWidth", input.canvasWidth());
      side("input.canvasHeight", input.canvasHeight());
    }
    if (input.resize() == Resize.CENTER_CROP) {
      Integer side = input.shortSide();
      int least = Math.max(input.canvasWidth(), input.canvasHeight());
      boolean covers = side != null && side >= least && side <= LONGEST;
      faults.expect(
          "input.shortSide",
          side,
          covers,
          "%d to %d px, to cover the canvas".formatted(least, LONGEST));
    }
    if (input.resize() == Resize.SHORT_SIDE) {
      side("input.shortSide", input.shortSide());
      side("input.longSide", input.longSide());
      side("input.multipleOf", input.multipleOf());
    }
  }

  private void side(String key, Integer side) {
    boolean isSide = side != null && side >= 1 && side <= LONGEST;
    faults.expect(key, side, isSide, "1 to %d px".formatted(LONGEST));
  }
}
