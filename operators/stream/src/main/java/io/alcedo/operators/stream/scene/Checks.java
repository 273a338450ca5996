package io.alcedo.operators.stream.scene;

/** Refuses what is written wrong. */
final class Checks {
  private Checks() {}

  static void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalArgumentException(fault);
    }
  }
}
