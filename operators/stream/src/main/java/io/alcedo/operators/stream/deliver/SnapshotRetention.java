package io.alcedo.operators.stream.deliver;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long pictures are kept, by when they were stored.
 *
 * @param keep null = for ever
 * @param mostBytes of all together; null = any number
 */
public record SnapshotRetention(Duration keep, Long mostBytes) implements Serializable {
  boolean isBounded() {
    return keep != null || mostBytes != null;
  }
}
