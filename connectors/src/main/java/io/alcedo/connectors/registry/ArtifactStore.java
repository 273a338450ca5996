package io.alcedo.connectors.registry;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.util.Locale;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;

/**
 * Weights under their SHA-256, in a folder of any file system that Flink knows: what is there is
 * never changed, so putting it again does nothing. May be used by several processes.
 *
 * @param root such as file:///var/lib/alcedo/registry or s3://bucket/registry
 */
public record ArtifactStore(URI root) {
  /**
   * Stores weights, unless they are there.
   *
   * @param sha256 of the file, hex; checked while it is copied
   * @throws InvalidInputException if the file has another digest
   * @throws IOException if the store cannot be reached
   */
  public void put(Path weights, String sha256) throws IOException {
    org.apache.flink.core.fs.Path target = place(sha256);
    FileSystem store = target.getFileSystem();
    if (store.exists(target)) {
      return;
    }
    store.mkdirs(target.getParent());
    org.apache.flink.core.fs.Path part =
        new org.apache.flink.core.fs.Path(target.getParent(), "." + UUID.randomUUID());
    try (DigestInputStream in = Sha256.digesting(Files.newInputStream(weights));
        FSDataOutputStream out = store.create(part, FileSystem.WriteMode.NO_OVERWRITE)) {
      in.transferTo(out);
      require(sha256, Sha256.hex(in), weights);
    } catch (InvalidInputException e) {
      store.delete(part, false);
      throw e;
    }
    if (!store.rename(part, target) && !store.exists(target)) {
      throw new IOException("%s cannot be renamed to %s".formatted(part, target));
    }
    store.delete(part, false);
  }

  /**
   * Copies weights out of the store.
   *
   * @param target file that is written, at once and whole
   * @throws InvalidInputException if they are not there, or are damaged
   * @throws IOException if the store cannot be reached
   */
  public void fetch(String sha256, Path target) throws IOException {
    org.apache.flink.core.fs.Path source = place(sha256);
    FileSystem store = source.getFileSystem();
    if (!store.exists(source)) {
      throw new InvalidInputException(
          "registry %s holds no weights with SHA-256 %s".formatted(root, sha256));
    }
    Files.createDirectories(target.toAbsolutePath().getParent());
    Path part = target.resolveSibling("." + UUID.randomUUID());
    try (DigestInputStream in = Sha256.digesting(store.open(source));
        OutputStream out = Files.newOutputStream(part)) {
      in.transferTo(out);
      require(sha256, Sha256.hex(in), source);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void require(String expected, String found, Object where) {
    if (!found.equalsIgnoreCase(expected)) {
      throw new InvalidInputException(
          "%s: SHA-256 is %s, expected %s; the file is damaged or was replaced"
              .formatted(where, found, expected));
    }
  }

  private org.apache.flink.core.fs.Path place(String sha256) {
    return new org.apache.flink.core.fs.Path(
        new org.apache.flink.core.fs.Path(root), "weights/" + sha256.toLowerCase(Locale.ROOT));
  }
}
