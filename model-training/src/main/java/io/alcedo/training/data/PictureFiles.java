package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Picture files below a folder or inside a zip, by name; safe for several threads. */
public interface PictureFiles extends AutoCloseable {
  /** Names as in {@code cat/1.jpg}, sorted. */
  List<String> names();

  /** The bytes of a file. */
  byte[] read(String name) throws IOException;

  @Override
  void close();

  /**
   * Opens a folder or a zip.
   *
   * @throws InvalidInputException if it is neither, or cannot be read
   */
  static PictureFiles open(Path path) {
    try {
      return Files.isDirectory(path) ? new Folder(path) : new Zip(path);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: is no folder or zip of pictures (%s)".formatted(path, e.getMessage()), e);
    }
  }

  private static boolean isPicture(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(".jpg", ".jpeg", ".png", ".bmp", ".webp").anyMatch(lower::endsWith);
  }

  /** Files on disk. */
  final class Folder implements PictureFiles {
    private final Path root;
    private final List<String> names;

    private Folder(Path root) throws IOException {
      this.root = root;
      try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
        names =
            files
                .filter(Files::isRegularFile)
                .map(file -> root.relativize(file).toString().replace('\\', '/'))
                .filter(PictureFiles::isPicture)
                .sorted()
                .toList();
      }
    }

    @Override
    public List<String> names() {
      return names;
    }

    @Override
    public byte[] read(String name) throws IOException {
      return Files.readAllBytes(root.resolve(name));
    }

    @Override
    public void close() {
      // Holds nothing open.
    }
  }

  /** Entries of a zip, read in place. */
  final class Zip implements PictureFiles {
    private final ZipFile zip;
    private final List<String> names;

    private Zip(Path file) throws IOException {
      zip = new ZipFile(file.toFile());
      names =
          zip.stream()
              .filter(entry -> !entry.isDirectory())
              .map(ZipEntry::getName)
              .filter(PictureFiles::isPicture)
              .sorted()
              .toList();
    }

    @Override
    public List<String> names() {
      return names;
    }

    @Override
    public byte[] read(String name) throws IOException {
      try (InputStream bytes = zip.getInputStream(zip.getEntry(name))) {
        return bytes.readAllBytes();
      }
    }

    @Override
    public void close() {
      try {
        zip.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
