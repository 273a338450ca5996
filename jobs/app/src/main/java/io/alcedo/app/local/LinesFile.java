package io.alcedo.app.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of a run's output, one line for each thing that is said. */
final class LinesFile implements AutoCloseable {
  private final OutputStream out;

  LinesFile(Path folder, String name) throws IOException {
    out = Files.newOutputStream(folder.resolve(name));
  }

  void add(byte[] line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
