package io.alcedo.training.pretrained;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves one file on loopback, as well or as badly as it is told to. */
final class WeightServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final List<Integer> failures = new CopyOnWriteArrayList<>();
  private final List<String> hosts = new CopyOnWriteArrayList<>();

  volatile byte[] content;
  volatile String etag = "\"one\"";

  /** Bytes of the body after which the connection is cut, −1 never. */
  volatile int cutAfter = -1;

  /** How many answers are cut. */
  final AtomicInteger cuts = new AtomicInteger();

  volatile boolean ignoresRanges;
  volatile boolean chunked;
  volatile long stallMillis;

  /** Added to the start of every range that is served. */
  volatile int shift;

  WeightServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), path));
  }

  /** The Range of each request, "-" where it had none. */
  List<String> ranges() {
    return ranges;
  }

  /** Hosts that were asked for: a proxy sees those of others. */
  List<String> hosts() {
    return hosts;
  }

  /** The next answers are these statuses. */
  void fail(Integer... statuses) {
    failures.addAll(List.of(statuses));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    ranges.add(range == null ? "-" : range);
    hosts.add(exchange.getRequestHeaders().getFirst("Host"));
    try (exchange) {
      if (!failures.isEmpty()) {
        exchange.sendResponseHeaders(failures.remove(0), -1);
      } else if (exchange.getRequestURI().getPath().equals("/moved")) {
        exchange.getResponseHeaders().set("Location", "/file");
        exchange.sendResponseHeaders(302, -1);
      } else if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
        exchange.getResponseHeaders().set("Location", "file:///etc/hostname");
        exchange.sendResponseHeaders(302, -1);
      } else {
        answer(exchange, range);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String range)
      throws IOException, InterruptedException {
    String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
    int start = 0;
    if (etag != null) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    if (range != null && !ignoresRanges && ifRange != null && ifRange.equals(etag)) {
      start = Integer.parseInt(range.replaceAll("\\D", "")) + shift;
      if (start >= content.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
    }
    int length = content.length - start;
    boolean cut = cutAfter < length && cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    exchange.sendResponseHeaders(start > 0 ? 206 : 200, chunked ? 0 : length);
    exchange.getResponseBody().write(content, start, cut ? cutAfter : length);
    exchange.getResponseBody().flush();
    if (cut) {
      Thread.sleep(stallMillis);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
