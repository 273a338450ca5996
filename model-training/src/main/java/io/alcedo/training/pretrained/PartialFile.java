package io.alcedo.training.pretrained;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What has come of a file, {@code <name>.partial}, and which version of the file it is of, {@code
 * <name>.partial.version}: the server's ETag or date.
 */
final class PartialFile {
  private final Path path;
  private final Path version;

  PartialFile(Path target) {
    path = target.resolveSibling(target.getFileName() + ".partial");
    version = target.resolveSibling(target.getFileName() + ".partial.version");
  }

  Path path() {
    return path;
  }

  /** Bytes that can be continued; 0 where it is not known of which version they are. */
  long size() throws IOException {
    return Files.exists(path) && !validator().isEmpty() ? Files.size(path) : 0;
  }

  String validator() throws IOException {
    return Files.exists(version)
        ? Files.readString(version, StandardCharsets.ISO_8859_1).strip()
        : "";
  }

  /** Starts over, of a version; empty where the server names none. */
  void begin(String validator) throws IOException {
    discard();
    try {
      Files.createFile(path);
      if (!validator.isEmpty()) {
        Files.writeString(version, validator, StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  OutputStream append() throws WriteException {
    try {
      return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  /** Tells a full disk from a broken connection. */
  void write(OutputStream out, byte[] bytes, int count) throws WriteException {
    try {
      out.write(bytes, 0, count);
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  void discard() throws WriteException {
    try {
      Files.deleteIfExists(version);
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new WriteException(e);
    }
  }

  /** The disk failed, not the network. */
  static final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    WriteException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
