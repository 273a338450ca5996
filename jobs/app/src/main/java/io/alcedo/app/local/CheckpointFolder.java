package io.alcedo.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the cluster of a local run keeps its checkpoints, which end with it. Not in its memory:
 * Flink allows 5 MB of state there, and 64 frames in flight are more.
 */
public final class CheckpointFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFolder.class);

  private final Path folder;

  public CheckpointFolder() throws IOException {
    folder = Files.createTempDirectory("alcedo-checkpoints");
  }

  /** As Flink wants to be told. */
  public String uri() {
    return folder.toUri().toString();
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warn("Checkpoints stay in {}: {}", folder, e.toString());
    }
  }
}
