package io.alcedo.training.pretrained;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects names and shapes as torchvision's modules have them (state_dict, without counters). */
final class ParameterShapes {
  /** A size that depends on the number of classes. */
  static final long ANY = -1;

  private static final int[] PLANES = {64, 128, 256, 512};

  private final Map<String, long[]> shapes = new LinkedHashMap<>();

  Map<String, long[]> shapes() {
    return shapes;
  }

  ParameterShapes conv(String name, long in, long out, long kernel) {
    return put(name + ".weight", out, in, kernel, kernel);
  }

  ParameterShapes convWithBias(String name, long in, long out, long kernel) {
    return conv(name, in, out, kernel).put(name + ".bias", out);
  }

  ParameterShapes norm(String name, long channels) {
    return put(name + ".weight", channels)
        .put(name + ".bias", channels)
        .put(name + ".running_mean", channels)
        .put(name + ".running_var", channels);
  }

  ParameterShapes linear(String name, long in, long out) {
    return put(name + ".weight", out, in).put(name + ".bias", out);
  }

  ParameterShapes put(String name, long... shape) {
    shapes.put(name, shape);
    return this;
  }

  /**
   * The trunk of a ResNet.
   *
   * @param prefix of all names, empty or ending in a dot
   * @param blocks of each stage
   */
  ParameterShapes resnet(String prefix, int[] blocks, boolean bottleneck) {
    conv(prefix + "conv1", 3, PLANES[0], 7).norm(prefix + "bn1", PLANES[0]);
    int expansion = bottleneck ? 4 : 1;
    long in = PLANES[0];
    for (int stage = 0; stage < blocks.length; stage++) {
      long out = (long) PLANES[stage] * expansion;
      for (int block = 0; block < blocks[stage]; block++) {
        String name = "%slayer%d.%d.".formatted(prefix, stage + 1, block);
        block(name, in, PLANES[stage], bottleneck);
        if (block == 0 && (stage > 0 || in != out)) {
          conv(name + "downsample.0", in, out, 1).norm(name + "downsample.1", out);
        }
        in = out;
      }
    }
    return this;
  }

  private void block(String name, long in, long planes, boolean bottleneck) {
    if (bottleneck) {
      conv(name + "conv1", in, planes, 1).norm(name + "bn1", planes);
      conv(name + "conv2", planes, planes, 3).norm(name + "bn2", planes);
      conv(name + "conv3", planes, 4 * planes, 1).norm(name + "bn3", 4 * planes);
    } else {
      conv(name + "conv1", in, planes, 3).norm(name + "bn1", planes);
      conv(name + "conv2", planes, planes, 3).norm(name + "bn2", planes);
    }
  }

  /** The CIFAR ResNet's trunk of 6n + 2 layers. */
  ParameterShapes cifarResnet(int blocks) {
    int[] planes = {16, 32, 64};
    conv("conv1", 3, 16, 3).norm("bn1", 16);
    for (int stage = 0; stage < planes.length; stage++) {
      for (int block = 0; block < blocks; block++) {
        long in = block == 0 ? planes[Math.max(0, stage - 1)] : planes[stage];
        String name = "layer%d.%d.".formatted(stage + 1, block);
        conv(name + "conv1", in, planes[stage], 3).norm(name + "bn1", planes[stage]);
        conv(name + "conv2", planes[stage], planes[stage], 3).norm(name + "bn2", planes[stage]);
      }
    }
    return this;
  }
}
