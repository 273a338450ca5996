package io.alcedo.connectors.pictures;

import io.alcedo.connectors.InvalidInputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * JPEG files by id, in a folder of any file system that Flink knows. A picture is there whole or
 * not at all; putting it again does nothing. May be used by several processes.
 *
 * @param root such as file:///var/lib/alcedo/snapshots or s3://bucket/snapshots
 */
public record PictureStore(URI root) {
  private static final String SUFFIX = ".jpg";
  private static final int FOLDERS = 256;

  /** Of S3, whose objects appear whole when their stream is closed, under all of Flink's names. */
  private static final Set<String> OBJECT_SCHEMES = Set.of("s3", "s3a", "s3p");

  /**
   * What {@link #sweep} took away.
   *
   * @param files how many
   * @param bytes of them together
   */
  public record Swept(int files, long bytes) {}

  /**
   * This store, if there is a file system for it.
   *
   * @param key of the setting that names the store, for the message
   * @throws InvalidInputException if Flink knows none, or it cannot be opened
   */
  public PictureStore requireFileSystem(String key) {
    try {
      var unused = folder().getFileSystem();
      return this;
    } catch (UnsupportedFileSystemSchemeException e) {
      throw new InvalidInputException(
          "%s is '%s', but no file system for %s: is loaded. Put Flink's plugin for it into a folder of its own in plugins/, and name plugins/ in the environment variable FLINK_PLUGINS_DIR."
              .formatted(key, root, root.getScheme()),
          e);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s is '%s', whose file system cannot be opened: %s".formatted(key, root, e.getMessage()),
          e);
    }
  }

  /**
   * Stores a picture, unless it is there.
   *
   * @throws IOException if the store cannot be reached, or is full
   */
  public void put(String id, byte[] jpeg) throws IOException {
    Path target = place(id);
    FileSystem store = target.getFileSystem();
    if (store.exists(target)) {
      return;
    }
    if (OBJECT_SCHEMES.contains(root.getScheme())) {
      putObject(store, target, jpeg);
    } else {
      putFile(store, target, jpeg);
    }
  }

  /** Straight to its place: on S3 a rename would be a copy and a deletion. */
  private static void putObject(FileSystem store, Path target, byte[] jpeg) throws IOException {
    OutputStream out = store.create(target, FileSystem.WriteMode.OVERWRITE);
    try {
      out.write(jpeg);
    } catch (IOException e) {
      discard(out, store, target, e);
      throw e;
    }
    out.close();
  }

  /** What a full disk cut short in the stream's buffer becomes an object when it is closed. */
  private static void discard(OutputStream out, FileSystem store, Path target, IOException why) {
    try {
      out.close();
      store.delete(target, false);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void putFile(FileSystem store, Path target, byte[] jpeg) throws IOException {
    store.mkdirs(target.getParent());
    Path part = new Path(target.getParent(), "." + UUID.randomUUID());
    try {
      try (OutputStream out = store.create(part, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(jpeg);
      }
      if (!rename(store, part, target) && !store.exists(target)) {
        throw new IOException("%s cannot be renamed to %s".formatted(part, target));
      }
    } finally {
      store.delete(part, false);
    }
  }

  /** Of files of this machine at once: Flink takes one that is there away first. */
  private static boolean rename(FileSystem store, Path part, Path target) throws IOException {
    if (!target.toUri().getScheme().equals("file")) {
      return store.rename(part, target);
    }
    Files.move(
        java.nio.file.Path.of(part.toUri()),
        java.nio.file.Path.of(target.toUri()),
        StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /**
   * A picture, if it is there.
   *
   * @throws IOException if the store cannot be reached
   */
  public Optional<byte[]> find(String id) throws IOException {
    Path source = place(id);
    FileSystem store = source.getFileSystem();
    try {
      return Optional.of(read(store, source));
    } catch (FileNotFoundException e) {
      // It was put just now, or may not be read.
      return store.exists(source) ? Optional.of(read(store, source)) : Optional.empty();
    }
  }

  private static byte[] read(FileSystem store, Path source) throws IOException {
    try (FSDataInputStream in = store.open(source)) {
      return in.readAllBytes();
    }
  }

  /**
   * Deletes a picture, if it is there.
   *
   * @throws IOException if the store cannot be reached
   */
  public void delete(String id) throws IOException {
    Path target = place(id);
    target.getFileSystem().delete(target, false);
  }

  /**
   * Deletes the oldest pictures, by when they were stored. Lists them all, if anything is to go.
   *
   * @param keep those that are younger stay; null = all do
   * @param mostBytes of all that stay; null = any number
   * @throws IOException if the store cannot be reached
   */
  public Swept sweep(Duration keep, Long mostBytes, Instant now) throws IOException {
    if (keep == null && mostBytes == null) {
      return new Swept(0, 0);
    }
    List<FileStatus> files = files();
    files.sort(Comparator.comparingLong(FileStatus::getModificationTime));
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    int swept = 0;
    long sweptBytes = 0;
    for (FileStatus file : files) {
      boolean old = keep != null && file.getModificationTime() < now.minus(keep).toEpochMilli();
      if (!old && (mostBytes == null || bytes - sweptBytes <= mostBytes)) {
        break;
      }
      file.getPath().getFileSystem().delete(file.getPath(), false);
      swept++;
      sweptBytes += file.getLen();
    }
    return new Swept(swept, sweptBytes);
  }

  /**
   * The ids of all pictures, those that were stored last first.
   *
   * @throws IOException if the store cannot be reached
   */
  public List<String> newestFirst() throws IOException {
    return files().stream()
        .sorted(Comparator.comparingLong(FileStatus::getModificationTime).reversed())
        .map(file -> id(file.getPath().getName()))
        .toList();
  }

  private static String id(String name) {
    String place = name.substring(0, name.length() - SUFFIX.length());
    return place.replace('~', '/').replace('@', '#');
  }

  private List<FileStatus> files() throws IOException {
    List<FileStatus> files = new ArrayList<>();
    Path folder = folder();
    FileSystem store = folder.getFileSystem();
    for (FileStatus entry : list(store, folder)) {
      if (entry.isDir()) {
        for (FileStatus file : list(store, entry.getPath())) {
          if (file.getPath().getName().endsWith(SUFFIX)) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }

  /** Nothing where there is no folder, or somebody else has just deleted it. */
  private static FileStatus[] list(FileSystem store, Path folder) throws IOException {
    try {
      FileStatus[] entries = store.listStatus(folder);
      return entries == null ? new FileStatus[0] : entries;
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }

  /** Where a picture lies, or would. Ids have letters, digits, '.', '_', '-', '/' and '#'. */
  public URI uri(String id) {
    return place(id).toUri();
  }

  private Path place(String id) {
    String folder = "%02x".formatted(Math.floorMod(id.hashCode(), FOLDERS));
    return new Path(folder(), folder + "/" + id.replace('/', '~').replace('#', '@') + SUFFIX);
  }

  /** A whole bucket has no path, but a file system wants one. */
  private Path folder() {
    return new Path(root.getPath().isEmpty() ? root.resolve("/") : root);
  }
}
