package io.alcedo.operators.stream.inference;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a frame may be, counted from its publishing.
 *
 * @param limit null = any age
 */
record Staleness(Duration limit) {
  boolean applies(FrameRequest<?> request, Instant now) {
    return limit != null
        && request.published() != null
        && Duration.between(request.published(), now).compareTo(limit) > 0;
  }
}
