package io.alcedo.training.ops;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Element types as libtorch's factories want them. */
final class Types {
  static final TensorOptions LONG;

  static {
    Libtorch.ensureLoaded();
    LONG = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
  }

  private Types() {}
}
