package io.alcedo.training.pretrained;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Fetches a large file over HTTP. What was received stays in a {@code .partial} file beside the
 * target and is asked for no more, in this run or a later one, as long as the server says that its
 * file is the same (If-Range, RFC 9110 section 13.1.5). A server that ignores ranges costs the
 * bytes again.
 *
 * <p>Over {@link HttpURLConnection} since it ends a read that stalls; java.net.http does not.
 */
public final class Download {
  private static final int PARTIAL_CONTENT = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int PROXY_AUTHENTICATION = 407;
  private static final int MOST_REDIRECTS = 5;

  /**
   * How patient it is.
   *
   * @param attempts how often it may fail in a row without getting further
   * @param pause after the first failure; doubles each time
   * @param timeout for a connection, and for the next bytes
   */
  public record Patience(int attempts, Duration pause, Duration timeout) {
    /** 5 attempts, 1 to 8 s apart, half a minute of silence. */
    public static final Patience DEFAULT =
        new Patience(5, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /** Is told how far a download is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each piece.
     *
     * @param done bytes so far
     * @param total bytes in all, −1 when the server does not say
     */
    void at(long done, long total);
  }

  private final ProxySelector proxies;
  private final Patience patience;
  private final Progress progress;

  public Download(ProxySelector proxies, Patience patience, Progress progress) {
    this.proxies = proxies;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Fetches a file.
   *
   * @param mostBytes more is refused
   * @param check is given the whole file before it gets its name; what it refuses is removed
   * @throws DownloadException if it cannot be had
   * @throws InvalidInputException if the target cannot be written
   */
  public void fetch(URI address, Path target, long mostBytes, Consumer<Path> check) {
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      PartialFile partial = new PartialFile(target);
      persist(address, partial, mostBytes);
      try {
        check.accept(partial.path());
      } catch (DownloadException e) {
        partial.discard();
        throw e;
      }
      Files.move(partial.path(), target, StandardCopyOption.REPLACE_EXISTING);
      partial.discard();
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: cannot be written (%s). Is there room, and may you write there?"
              .formatted(target, e),
          e);
    }
  }

  private void persist(URI address, PartialFile partial, long mostBytes) throws IOException {
    long best = -1;
    int failures = 0;
    while (true) {
      try {
        attempt(address, partial, mostBytes);
        return;
      } catch (LostException e) {
        long size = partial.size();
        if (best < 0 && !e.connected()) {
          throw unreachable(address, e);
        }
        failures = size > best ? 1 : failures + 1;
        best = Math.max(best, size);
        if (failures >= patience.attempts()) {
          throw new DownloadException(
              "%s: broke off %d times, the last time at %d bytes (%s). Run the command again to go on."
                  .formatted(address, failures, size, e.getMessage()),
              e);
        }
        sleep(patience.pause().multipliedBy(1L << (failures - 1)));
      }
    }
  }

  private void attempt(URI address, PartialFile partial, long mostBytes)
      throws IOException, LostException {
    long start = partial.size();
    HttpURLConnection connection = connect(address, partial, start);
    try {
      int status = connection.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE && isWhole(connection, start)) {
        return;
      }
      if (status == RANGE_NOT_SATISFIABLE
          || (status == PARTIAL_CONTENT && !continues(connection, partial, start))) {
        partial.discard();
        throw new LostException("the server's file has changed", true);
      }
      if (status != HttpURLConnection.HTTP_OK && status != PARTIAL_CONTENT) {
        refuse(address, status);
      }
      if (status == HttpURLConnection.HTTP_OK) {
        start = 0;
        partial.begin(validator(connection));
      }
      receive(address, connection, partial, start, mostBytes);
    } catch (PartialFile.WriteException e) {
      throw e;
    } catch (IOException e) {
      throw new LostException(message(e), true, e);
    } finally {
      connection.disconnect();
    }
  }

  private HttpURLConnection connect(URI address, PartialFile partial, long start)
      throws IOException, LostException {
    URI next = address;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Proxy proxy = proxies.select(next).get(0);
      HttpURLConnection connection = (HttpURLConnection) next.toURL().openConnection(proxy);
      connection.setInstanceFollowRedirects(false);
      connection.setConnectTimeout((int) patience.timeout().toMillis());
      connection.setReadTimeout((int) patience.timeout().toMillis());
      connection.setRequestProperty("Accept-Encoding", "identity");
      if (start > 0) {
        connection.setRequestProperty("Range", "bytes=%d-".formatted(start));
        connection.setRequestProperty("If-Range", partial.validator());
      }
      String location;
      try {
        int status = connection.getResponseCode();
        location = status / 100 == 3 ? connection.getHeaderField("Location") : null;
      } catch (IOException e) {
        boolean nobody =
            e instanceof UnknownHostException
                || e instanceof ConnectException
                || e instanceof NoRouteToHostException
                || e instanceof SocketTimeoutException;
        throw new LostException(message(e), !nobody, e);
      }
      if (location == null) {
        return connection;
      }
      connection.disconnect();
      next = redirected(next, location);
    }
    throw new DownloadException("%s: is redirected for ever.".formatted(address));
  }

  private static URI redirected(URI from, String location) {
    URI next;
    try {
      next = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new DownloadException("%s: is redirected to no address.".formatted(from), e);
    }
    boolean web = "https".equals(next.getScheme()) || "http".equals(next.getScheme());
    if (!web || ("https".equals(from.getScheme()) && !"https".equals(next.getScheme()))) {
      throw new DownloadException(
          "%s: is redirected to %s, which is not safe.".formatted(from, next));
    }
    return next;
  }

  /** Whether an answer of part of a file is the part that is missing, of the same file. */
  private static boolean continues(HttpURLConnection connection, PartialFile partial, long start)
      throws IOException {
    String range = String.valueOf(connection.getHeaderField("Content-Range"));
    String validator = validator(connection);
    return range.startsWith("bytes %d-".formatted(start))
        && (validator.isEmpty() || validator.equals(partial.validator()));
  }

  /** Whether nothing was left to ask for: an earlier run ended before it could check the file. */
  private static boolean isWhole(HttpURLConnection connection, long start) {
    return "bytes */%d".formatted(start).equals(connection.getHeaderField("Content-Range"));
  }

  /** A strong ETag, else the date, else nothing; weak tags must not be used here. */
  private static String validator(HttpURLConnection connection) {
    String tag = connection.getHeaderField("ETag");
    if (tag != null && !tag.startsWith("W/")) {
      return tag;
    }
    String date = connection.getHeaderField("Last-Modified");
    return date == null ? "" : date;
  }

  private static void refuse(URI address, int status) throws LostException {
    if (status == PROXY_AUTHENTICATION) {
      throw new DownloadException(
          "%s: the proxy wants a name and password, which is not supported. Download it by other means and run models import."
              .formatted(address));
    }
    if (status / 100 == 5 || status == TOO_MANY_REQUESTS) {
      throw new LostException("HTTP status %d".formatted(status), true);
    }
    throw new DownloadException(
        "%s: the server answers %d. Has it moved? Try --mirror, or models import with a file."
            .formatted(address, status));
  }

  private void receive(
      URI address, HttpURLConnection connection, PartialFile partial, long start, long mostBytes)
      throws IOException, LostException {
    long length = connection.getContentLengthLong();
    long total = length < 0 ? -1 : start + length;
    requireSize(address, total, mostBytes, partial);
    long done = start;
    byte[] chunk = new byte[1 << 16];
    try (InputStream in = connection.getInputStream();
        OutputStream out = partial.append()) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        partial.write(out, chunk, count);
        done += count;
        requireSize(address, done, mostBytes, partial);
        progress.at(done, total);
      }
    }
    if (total >= 0 && done < total) {
      throw new LostException("%d of %d bytes came".formatted(done, total), true);
    }
  }

  private static void requireSize(URI address, long bytes, long mostBytes, PartialFile partial)
      throws IOException {
    if (bytes > mostBytes) {
      partial.discard();
      throw new DownloadException(
          "%s: has %d bytes or more, expected %d at most; removed. Is it the right file?"
              .formatted(address, bytes, mostBytes));
    }
  }

  private static DownloadException unreachable(URI address, LostException cause) {
    return new DownloadException(
        "%s cannot be reached (%s). Without a network, download it elsewhere and run models import; behind a proxy, set https_proxy."
            .formatted(address, cause.getMessage()),
        cause);
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DownloadException("the download was interrupted", e);
    }
  }

  private static String message(IOException failure) {
    return failure instanceof UnknownHostException
        ? "its name is not known here"
        : String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", " ");
  }

  /** The connection broke; another attempt may do better. */
  private static final class LostException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean connected;

    LostException(String message, boolean connected) {
      this(message, connected, null);
    }

    LostException(String message, boolean connected, Throwable cause) {
      super(message, cause);
      this.connected = connected;
    }

    boolean connected() {
      return connected;
    }
  }
}
