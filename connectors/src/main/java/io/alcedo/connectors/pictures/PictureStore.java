package io.alcedo.connectors.pictures;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * JPEG files by id, in a folder of any file system that Flink knows. A picture is there whole or
 * not at all; putting it again does nothing. May be used by several processes.
 *
 * @param root such as file:///var/lib/alcedo/snapshots or s3://bucket/snapshots
 */
public record PictureStore(URI root) {
  private static final String SUFFIX = ".jpg";
  private static final int FOLDERS = 256;

  /**
   * What {@link #sweep} took away.
   *
   * @param files how many
   * @param bytes of them together
   */
  public record Swept(int files, long bytes) {}

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
    store.mkdirs(target.getParent());
    Path part = new Path(target.getParent(), "." + UUID.randomUUID());
    try {
      try (OutputStream out = store.create(part, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(jpeg);
      }
      if (!store.rename(part, target) && !store.exists(target)) {
        throw new IOException("%s cannot be renamed to %s".formatted(part, target));
      }
    } finally {
      store.delete(part, false);
    }
  }

  /**
   * A picture, if it is there.
   *
   * @throws IOException if the store cannot be reached
   */
  public Optional<byte[]> find(String id) throws IOException {
    Path source = place(id);
    FileSystem store = source.getFileSystem();
    if (!store.exists(source)) {
      return Optional.empty();
    }
    try (FSDataInputStream in = store.open(source)) {
      return Optional.of(in.readAllBytes());
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
   * Deletes the oldest pictures, by when they were stored.
   *
   * @param keep those that are younger stay; null = all do
   * @param mostBytes of all that stay; null = any number
   * @throws IOException if the store cannot be reached
   */
  public Swept sweep(Duration keep, Long mostBytes, Instant now) throws IOException {
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
    Path folder = new Path(root);
    FileSystem store = folder.getFileSystem();
    if (!store.exists(folder)) {
      return files;
    }
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

  /** Nothing where somebody else has just deleted the folder. */
  private static FileStatus[] list(FileSystem store, Path folder) throws IOException {
    FileStatus[] entries = store.listStatus(folder);
    return entries == null ? new FileStatus[0] : entries;
  }

  /** Where a picture lies, or would. Ids have letters, digits, '.', '_', '-', '/' and '#'. */
  public URI uri(String id) {
    return place(id).toUri();
  }

  private Path place(String id) {
    String folder = "%02x".formatted(Math.floorMod(id.hashCode(), FOLDERS));
    return new Path(new Path(root), folder + "/" + id.replace('/', '~').replace('#', '@') + SUFFIX);
  }
}
