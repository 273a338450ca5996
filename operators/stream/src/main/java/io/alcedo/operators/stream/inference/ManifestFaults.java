package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a manifest, all of it. */
final class ManifestFaults {
  private final List<String> faults = new ArrayList<>();

  /** Notes a fault unless a condition holds, and says whether it does. */
  boolean expect(String key, Object found, boolean holds, String expected) {
    if (!holds) {
      faults.add("%s is %s, expected %s".formatted(key, found, expected));
    }
    return holds;
  }

  boolean block(String key, Object found) {
    return expect(key, found, found != null, "a block of keys");
  }

  void text(String key, String found, String expected) {
    expect(key, found, isText(found), expected);
  }

  static boolean isText(String text) {
    return text != null && !text.isBlank();
  }

  void throwIfAny(Path file) {
    if (!faults.isEmpty()) {
      throw new InvalidInputException(file + ": " + String.join("; ", faults));
    }
  }
}
