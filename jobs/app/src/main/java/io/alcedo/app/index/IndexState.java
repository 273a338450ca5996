package io.alcedo.app.index;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Which version of an index serves: {@code state.json}, format 1.
 *
 * @param format {@link #FORMAT}
 * @param serving in which is searched; null if nothing was ever
 * @param filling the one that will serve when it is complete; null if there is none
 * @param retired served before, and is kept for a way back; null if there is none
 * @param retiredAt when it was replaced, ms since 1970
 * @param restoring whether stored pictures may be without a vector in the version that serves
 */
record IndexState(
    int format, String serving, String filling, String retired, long retiredAt, boolean restoring) {
  static final int FORMAT = 1;
  static final IndexState START = new IndexState(FORMAT, null, null, null, 0, false);

  private static final String NAME = "state.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what was written last; the start if nothing was.
   *
   * @throws InvalidInputException if it is damaged
   */
  static IndexState read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return START;
    }
    try {
      IndexState state = JSON.readValue(file.toFile(), IndexState.class);
      if (state.format != FORMAT) {
        throw new IOException("format %d, expected %d".formatted(state.format, FORMAT));
      }
      return state;
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: %s. Delete it: the version that the pipeline makes will serve at once."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /** Replaces what was there, at once. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(NAME + ".part");
    JSON.writeValue(part.toFile(), this);
    Files.move(part, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
  }

  /** It is new: there may be pictures of what it does not have. */
  IndexState serves(String version) {
    return new IndexState(FORMAT, version, filling, retired, retiredAt, true);
  }

  IndexState fills(String version) {
    return new IndexState(
        FORMAT, serving, version, version.equals(retired) ? null : retired, retiredAt, restoring);
  }

  /** The one that was being filled serves, and the other is kept. */
  IndexState flipped(long now) {
    return new IndexState(
        FORMAT, /* serving= */ filling, null, /* retired= */ serving, now, restoring);
  }

  /** The one that was being filled is not wanted any more, but kept. */
  IndexState abandoned(long now) {
    return new IndexState(FORMAT, serving, null, /* retired= */ filling, now, restoring);
  }

  IndexState withoutRetired() {
    return new IndexState(FORMAT, serving, filling, null, 0, restoring);
  }

  /** Of what is stored, all that has no vector shall get one. */
  IndexState restores() {
    return new IndexState(FORMAT, serving, filling, retired, retiredAt, true);
  }

  IndexState restored() {
    return new IndexState(FORMAT, serving, filling, retired, retiredAt, false);
  }
}
