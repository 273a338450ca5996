package io.alcedo.connectors.event;

import java.util.regex.Pattern;

/**
 * Identity of one frame, the same whenever and wherever it is processed.
 *
 * @param camera id of the camera: letters, digits, '.', '_' and '-', at most 128
 * @param session one start of a publisher, a ULID
 * @param sequence counts from 0 in its session
 */
public record FrameId(String camera, String session, long sequence) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  public FrameId {
    requireCamera(camera);
    requireName("session", session);
    if (sequence < 0) {
      throw new IllegalArgumentException("frame sequence is negative: " + sequence);
    }
  }

  /**
   * The frame of an object's id, camera/session/sequence#n.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static FrameId ofObject(String id) {
    String[] parts = id.split("[/#]", -1);
    if (parts.length != 4 || !parts[2].matches("\\d{1,18}")) {
      throw new IllegalArgumentException(
          "'%s' is no id of an object, expected camera/session/sequence#n".formatted(id));
    }
    return new FrameId(parts[0], parts[1], Long.parseLong(parts[2]));
  }

  /** camera/session/sequence. */
  public String text() {
    return camera + "/" + session + "/" + sequence;
  }

  /** Identity of the n-th object found in this frame. */
  public String objectId(int index) {
    return text() + "#" + index;
  }

  /**
   * Checks a camera's id.
   *
   * @throws IllegalArgumentException if it cannot be one
   */
  public static void requireCamera(String camera) {
    requireName("camera", camera);
  }

  private static void requireName(String what, String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not 1 to 128 letters, digits, '.', '_' or '-'".formatted(what, name));
    }
  }
}
