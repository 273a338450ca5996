package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.model.ModelManifest.ColorOrder;
import io.alcedo.connectors.model.ModelManifest.Input;
import io.alcedo.connectors.model.ModelManifest.Layout;
import io.alcedo.connectors.model.ModelManifest.NumberType;
import io.alcedo.connectors.model.ModelManifest.Resize;
import java.util.List;

/** Inputs of manifests, for tests. */
final class Inputs {
  /** Float pictures of any size, one at a time. */
  static final Input ASIS =
      new Input(
          "image",
          null,
          Layout.CHW,
          NumberType.FLOAT32,
          ColorOrder.RGB,
          1,
          List.of(0.0, 0.0, 0.0),
          List.of(1.0, 1.0, 1.0),
          Resize.NONE,
          0,
          0);

  private Inputs() {}

  /** Pixels as they are decoded, letterboxed. */
  static Input letterbox(int width, int height) {
    return fixed(Layout.NHWC, NumberType.UINT8, ColorOrder.RGB, Resize.LETTERBOX, width, height);
  }

  /** Pixels as they are, on a canvas of one size. */
  static Input fixed(
      Layout layout, NumberType type, ColorOrder order, Resize resize, int width, int height) {
    return new Input(
        "images",
        null,
        layout,
        type,
        order,
        1,
        List.of(0.0, 0.0, 0.0),
        List.of(1.0, 1.0, 1.0),
        resize,
        width,
        height);
  }
}
