package io.alcedo.connectors.camera;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.OpenCVFrameConverter;

/**
 * A camera that streams motion JPEG over HTTP, a number of pictures in each connection, and then
 * cuts it or falls silent.
 */
final class MjpegServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int pictures;
  private final CountDownLatch silence;
  private final AtomicInteger connections = new AtomicInteger();

  private MjpegServer(int pictures, int silences) throws IOException {
    this.pictures = pictures;
    silence = new CountDownLatch(silences);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
    server.createContext("/video", this::stream);
    server.setExecutor(threads);
    server.start();
  }

  static MjpegServer thatCuts(int pictures) throws IOException {
    return new MjpegServer(pictures, 0);
  }

  static MjpegServer thatFallsSilent(int pictures) throws IOException {
    return new MjpegServer(pictures, 1);
  }

  String address() {
    return "http://127.0.0.1:%d/video".formatted(server.getAddress().getPort());
  }

  int connections() {
    return connections.get();
  }

  private void stream(HttpExchange exchange) throws IOException {
    connections.incrementAndGet();
    exchange.getResponseHeaders().add("Content-Type", "multipart/x-mixed-replace;boundary=alcedo");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < pictures; i++) {
        byte[] jpeg = jpeg(i);
        out.write(
            "--alcedo\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                .formatted(jpeg.length)
                .getBytes(StandardCharsets.US_ASCII));
        out.write(jpeg);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      silence.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] jpeg(int number) {
    try (OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        Frame picture = TestVideo.picture(number)) {
      return new JpegEncoder(JpegSettings.DEFAULT, 1 << 20)
          .encode(converter.convert(picture))
          .jpeg();
    }
  }

  @Override
  public void close() {
    silence.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
