package io.alcedo.training.train;

/** Values of a configuration, with what stands in for one that is left out. */
final class Checked {
  private Checked() {}

  /** A number from least to most, both included. */
  static double number(String key, Double value, double otherwise, double least, double most) {
    if (value == null) {
      return otherwise;
    }
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s is %s, expected %s to %s".formatted(key, value, least, most));
    }
    return value;
  }

  /** A whole number from least on. */
  static int atLeast(String key, Integer value, int otherwise, int least) {
    int chosen = value == null ? otherwise : value;
    if (chosen < least) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d or more".formatted(key, chosen, least));
    }
    return chosen;
  }

  /** The name of a model. */
  static String name(String name) {
    if (name == null || !name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "name is '%s', expected 1 to 64 small letters, digits or '-'".formatted(name));
    }
    return name;
  }
}
