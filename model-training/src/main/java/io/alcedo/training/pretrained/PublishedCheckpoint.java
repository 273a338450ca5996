package io.alcedo.training.pretrained;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Weights that their authors publish.
 *
 * @param name to ask for them by
 * @param architecture name in {@link Architectures}
 * @param home where they lie
 * @param megabytes size, 10⁶ bytes; 0 where the authors give none
 * @param digest how the checksum was made
 * @param checksum its first digits, or empty where the authors give none
 * @param licence and what else restricts their use
 * @param quality as the authors measured it
 */
public record PublishedCheckpoint(
    String name,
    String architecture,
    URI home,
    double megabytes,
    Digest digest,
    String checksum,
    String licence,
    String quality) {
  private static final long LARGEST = 2_000_000_000L;

  /** The file's name, without folders. */
  public String fileName() {
    String path = home.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Where to get it: at home, or under a mirror that has the file by its name. */
  public URI address(URI mirror) {
    if (mirror == null) {
      return home;
    }
    String base = mirror.toString();
    return URI.create(base + (base.endsWith("/") ? "" : "/") + fileName());
  }

  /**
   * Downloads it if it is not there yet, and checks it.
   *
   * @param directory where the file goes
   * @param mirror other place, or null
   * @return the file
   * @throws DownloadException if it cannot be had, or is another than the authors published; then
   *     it is removed
   */
  public Path fetch(Path directory, URI mirror, Download download) {
    Path file = directory.resolve(fileName());
    if (Files.exists(file) && verified(file)) {
      return file;
    }
    long most = megabytes == 0 ? LARGEST : (long) (1.1e6 * megabytes) + 1_000_000;
    download.fetch(
        address(mirror),
        file,
        most,
        partial -> {
          if (!verified(partial)) {
            throw new DownloadException(
                "%s: its %s begins with %s, the authors' with %s; removed. Try again, or another --mirror."
                    .formatted(
                        address(mirror),
                        digest.algorithm(),
                        digest.of(partial).substring(0, Math.max(8, checksum.length())),
                        checksum));
          }
        });
    return file;
  }

  private boolean verified(Path file) {
    return digest.of(file).startsWith(checksum.toLowerCase(Locale.ROOT));
  }
}
