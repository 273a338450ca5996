package io.alcedo.operators.stream.analytics;

/** Names a zone, or a line, and a class of objects in the state. */
final class ZoneKey {
  /** In place of a zone's name: the whole picture. */
  static final String WHOLE = "";

  private ZoneKey() {}

  static String of(String zone, String label) {
    return zone + "\n" + label;
  }

  /** The zone, or the line. */
  static String zone(String key) {
    return key.substring(0, key.indexOf('\n'));
  }

  static String label(String key) {
    return key.substring(key.indexOf('\n') + 1);
  }
}
