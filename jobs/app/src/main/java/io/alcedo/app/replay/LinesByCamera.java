package io.alcedo.app.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * A file whose lines are ordered by camera, and of one camera as they came: the same whatever the
 * order in which cameras took turns. What is more than some megabytes waits in files beside it.
 */
final class LinesByCamera implements AutoCloseable {
  private static final int MOST_IN_MEMORY = 32 << 20;

  private final int mostInMemory;
  private final Path file;
  private final Path parts;
  private final TreeSet<String> cameras = new TreeSet<>();
  private final Map<String, ByteArrayOutputStream> waiting = new HashMap<>();
  private long waitingBytes;

  /** Begins; the folder must be there. */
  LinesByCamera(Path folder, String name) throws IOException {
    this(folder, name, MOST_IN_MEMORY);
  }

  /** Begins, with so many bytes that do not wait in files. */
  LinesByCamera(Path folder, String name, int mostInMemory) throws IOException {
    this.mostInMemory = mostInMemory;
    file = folder.resolve(name);
    parts = Files.createTempDirectory(folder, "." + name);
  }

  void add(String camera, byte[] line) throws IOException {
    cameras.add(camera);
    ByteArrayOutputStream lines =
        waiting.computeIfAbsent(camera, unused -> new ByteArrayOutputStream());
    lines.write(line, 0, line.length);
    lines.write('\n');
    waitingBytes += line.length + 1;
    if (waitingBytes > mostInMemory) {
      putAside();
    }
  }

  private void putAside() throws IOException {
    for (Map.Entry<String, ByteArrayOutputStream> lines : waiting.entrySet()) {
      try (OutputStream out =
          Files.newOutputStream(
              part(lines.getKey()), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        lines.getValue().writeTo(out);
      }
    }
    waiting.clear();
    waitingBytes = 0;
  }

  private Path part(String camera) {
    return parts.resolve("of-" + camera);
  }

  /** Writes the file. */
  void finish() throws IOException {
    putAside();
    try (OutputStream out = Files.newOutputStream(file)) {
      for (String camera : cameras) {
        Files.copy(part(camera), out);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (String camera : cameras) {
      Files.deleteIfExists(part(camera));
    }
    Files.deleteIfExists(parts);
  }
}
