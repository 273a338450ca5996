package io.alcedo.app.bench.index;

import io.alcedo.app.index.IndexSettings;
import io.alcedo.app.index.LuceneIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The index of this machine, in a folder of its own. */
record MeasuredLucene(String name, Path folder, LuceneIndex index) implements MeasuredIndex {
  static MeasuredLucene open(Path output, IndexSettings settings) throws IOException {
    Path folder = Files.createTempDirectory(output, "index");
    String name = settings.quantize() ? "7 bits" : "float32";
    return new MeasuredLucene(name, folder, LuceneIndex.open(folder, settings));
  }

  @Override
  public void awaitMerges(String version) {
    index.awaitMerges(version);
  }

  @Override
  public long bytes(String version) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    }
  }

  @Override
  public void close() throws IOException {
    index.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
