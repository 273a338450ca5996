package io.alcedo.connectors.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A real MQTT broker, Mosquitto of the system's packages, which can be stopped and come back. */
public final class Mosquitto implements AutoCloseable {
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin");

  private final Path program;
  private final Path config;
  private final int port;
  private Process process;

  private Mosquitto(Path program, Path config, int port) {
    this.program = program;
    this.config = config;
    this.port = port;
  }

  /** Starts one; skips the test where there is none. */
  public static Mosquitto start(Path folder) throws Exception {
    Path program =
        Stream.concat(
                FOLDERS.stream(),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1)))
            .map(name -> Path.of(name, "mosquitto"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(program != null, "no mosquitto: apt-get install mosquitto");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path config =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            "listener %d 127.0.0.1\nallow_anonymous true\npersistence false\n".formatted(port));
    Mosquitto broker = new Mosquitto(program, config, port);
    broker.start();
    return broker;
  }

  public URI address() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  /** Starts it, again perhaps; returns when it listens. */
  public void start() throws Exception {
    process =
        new ProcessBuilder(program.toString(), "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(config.resolveSibling("mosquitto.log").toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!listens()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError(
            "mosquitto does not listen: "
                + Files.readString(config.resolveSibling("mosquitto.log")));
      }
      Thread.sleep(20);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Kills it. */
  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }
}
