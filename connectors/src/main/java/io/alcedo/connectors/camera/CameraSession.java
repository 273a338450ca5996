package io.alcedo.connectors.camera;

import java.time.Clock;

/**
 * One start of a publisher.
 *
 * @param camera its id
 * @param id the session's ULID
 * @param clock the wall clock
 */
record CameraSession(String camera, String id, Clock clock) {}
