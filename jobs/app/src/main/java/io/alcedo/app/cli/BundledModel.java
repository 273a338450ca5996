package io.alcedo.app.cli;

import java.nio.file.Path;

/** The models that come with the project. */
final class BundledModel {
  private static final String PLACE = "model-training/models";

  private BundledModel() {}

  /** Directory of the person detector; the launcher says where the project lies. */
  static Path directory() {
    return named("person-detector");
  }

  /** Directory of the encoder of people's appearance. */
  static Path encoder() {
    return named("appearance");
  }

  private static Path named(String name) {
    return Path.of(System.getProperty("alcedo.root", ".")).resolve(PLACE).resolve(name);
  }

  static Path orDefault(Path chosen) {
    return chosen == null ? directory() : chosen;
  }
}
