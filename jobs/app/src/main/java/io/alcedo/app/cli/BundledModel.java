package io.alcedo.app.cli;

import java.nio.file.Path;

/** The person detector that comes with the project. */
final class BundledModel {
  private static final String PLACE = "model-training/models/person-detector";

  private BundledModel() {}

  /** Its directory; the launcher says where the project lies. */
  static Path directory() {
    return Path.of(System.getProperty("alcedo.root", ".")).resolve(PLACE);
  }

  static Path orDefault(Path chosen) {
    return chosen == null ? directory() : chosen;
  }
}
