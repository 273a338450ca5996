package io.alcedo.app.index;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.Embedding;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * What is known of a vector besides itself; texts have 1 to 1024 characters.
 *
 * @param id of the vector, the crop, and the detection that it shows
 * @param camera that took it
 * @param track of the object
 * @param label class name
 * @param captureTime event time of the frame, in whole microseconds
 * @param zones of the camera's picture in which the object was; may be empty
 */
public record VectorFacts(
    String id, String camera, String track, String label, Instant captureTime, Set<String> zones) {
  private static final int MAX_LENGTH = 1024;

  public VectorFacts {
    requireText("id", id);
    requireText("camera", camera);
    requireText("track", track);
    requireText("label", label);
    captureTime = captureTime.truncatedTo(ChronoUnit.MICROS);
    zones = Set.copyOf(zones);
    zones.forEach(zone -> requireText("zone", zone));
  }

  /** The facts that travel with an embedding, and the zones in which its object stood. */
  public static VectorFacts of(Embedding embedding, Set<String> zones) {
    return new VectorFacts(
        embedding.id(),
        embedding.camera(),
        embedding.track(),
        embedding.label(),
        embedding.captureTime(),
        zones);
  }

  /** The facts that a crop has, and the zones in which its object stood. */
  public static VectorFacts of(Crop crop, Set<String> zones) {
    return new VectorFacts(
        crop.id(), crop.frame().camera(), crop.track(), crop.label(), crop.captureTime(), zones);
  }

  /** Microseconds since 1970; the nearest there is for times that are too far away. */
  static long micros(Instant time) {
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** The first whole microsecond that is not before a time. */
  static long firstMicros(Instant time) {
    long micros = micros(time);
    boolean whole = time.equals(time.truncatedTo(ChronoUnit.MICROS));
    return whole || micros == Long.MAX_VALUE || micros < 0 ? micros : micros + 1;
  }

  private static void requireText(String what, String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s of a vector has %d characters, expected 1 to %d"
              .formatted(what, text == null ? 0 : text.length(), MAX_LENGTH));
    }
  }
}
