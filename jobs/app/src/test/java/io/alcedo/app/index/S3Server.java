package io.alcedo.app.index;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An S3 server of this machine (S3Proxy), which keeps each bucket in a folder: a process with a
 * class path of its own, which {@code tests/s3} writes with {@code -Pfull}.
 */
final class S3Server implements AutoCloseable {
  private static final Path S3 = Path.of(System.getProperty("alcedo.root"), "tests", "s3");
  private static final int PATIENCE = 60_000;
  private static final int LOOK = 100;

  private final Path directory;
  private final int port;
  private Process process;

  private S3Server(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /** Starts one. */
  static S3Server start(Path directory) throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      S3Server server = new S3Server(directory, socket.getLocalPort());
      socket.close();
      server.start();
      return server;
    }
  }

  /** Flink's plugins, among them the one for S3. */
  static Path plugins() {
    return require(S3.resolve("target").resolve("plugins"));
  }

  private static Path require(Path made) {
    if (!Files.exists(made)) {
      throw new IllegalStateException(made + " is not there: run Maven with -Pfull");
    }
    return made;
  }

  /** What Flink has to know of it; it is given up soon where nobody answers. */
  Map<String, String> settings() {
    return Map.of(
        "s3.endpoint", address(),
        "s3.path.style.access", "true",
        "s3.access-key", "alcedo",
        "s3.secret-key", "kingfisher",
        "s3.attempts.maximum", "1",
        "s3.retry.limit", "1");
  }

  private String address() {
    return "http://127.0.0.1:" + port;
  }

  /** The folder of a bucket, which is made where there is none. */
  Path bucket(String name) throws IOException {
    return Files.createDirectories(directory.resolve("buckets").resolve(name));
  }

  /** As before, after it was killed. */
  void start() throws Exception {
    Files.createDirectories(directory.resolve("buckets"));
    Path properties =
        Files.writeString(
            directory.resolve("s3proxy.conf"),
            Map.of(
                    "s3proxy.endpoint", address(),
                    "s3proxy.authorization", "aws-v2-or-v4",
                    "s3proxy.identity", "alcedo",
                    "s3proxy.credential", "kingfisher",
                    "jclouds.provider", "filesystem",
                    "jclouds.filesystem.basedir", directory.resolve("buckets").toString())
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n")));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + S3.resolve("logback.xml"),
                "org.gaul.s3proxy.Main",
                "--properties",
                properties.toString())
            .directory(directory.toFile());
    builder
        .environment()
        .put(
            "CLASSPATH",
            Files.readString(require(S3.resolve("target").resolve("class.path"))).strip());
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    awaitAnswer();
  }

  private Path log() {
    return directory.resolve("s3proxy.log");
  }

  /** Any answer, also that one may not ask. */
  private void awaitAnswer() throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (int waited = 0; waited < PATIENCE; waited += LOOK) {
      try {
        var unused =
            client.send(
                HttpRequest.newBuilder(URI.create(address())).build(),
                HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        if (process.waitFor(LOOK, TimeUnit.MILLISECONDS)) {
          throw new IOException(Files.readString(log()), e);
        }
      }
    }
    throw new IOException(Files.readString(log()));
  }

  /** As SIGKILL does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
