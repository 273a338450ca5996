package io.alcedo.connectors.kafka;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The real Kafka in this JVM: one node, broker and controller at once (KRaft combined mode), on
 * loopback. For the local run and for tests; its data goes when it closes, unless a directory was
 * given.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE = 1;
  private static final int MAX_RECORD_BYTES = 64 << 20;

  private final KafkaRaftServer server;
  private final String bootstrap;
  private final Path directory;
  private final boolean ephemeral;

  private EmbeddedKafka(
      KafkaRaftServer server, String bootstrap, Path directory, boolean ephemeral) {
    this.server = server;
    this.bootstrap = bootstrap;
    this.directory = directory;
    this.ephemeral = ephemeral;
  }

  /** Starts a broker on free ports whose data is deleted when it closes. */
  public static EmbeddedKafka start() {
    try {
      return start(Files.createTempDirectory("alcedo-kafka"), freePort(), true);
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary directory for Kafka's data", e);
    }
  }

  /**
   * Starts a broker on kept data.
   *
   * @param directory Kafka's data; created if missing
   * @param port of the broker on loopback; 0 takes a free one
   * @throws InvalidInputException if the port is taken or the directory holds something else
   */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port == 0 ? freePort() : port, false);
  }

  private static EmbeddedKafka start(Path directory, int port, boolean ephemeral) {
    requireFree(port);
    int controllerPort = freePort();
    while (controllerPort == port) {
      controllerPort = freePort(); // the broker's is free still, and may be given twice
    }
    format(directory, controllerPort);
    KafkaRaftServer server =
        new KafkaRaftServer(
            KafkaConfig.fromProps(settings(directory, port, controllerPort), false), Time.SYSTEM);
    server.startup();
    return new EmbeddedKafka(server, "127.0.0.1:" + port, directory, ephemeral);
  }

  /** host:port of the broker. */
  public String bootstrap() {
    return bootstrap;
  }

  /** Settings that reach this broker, with every default. */
  public KafkaSettings settings() {
    return KafkaSettings.at(bootstrap);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    if (ephemeral) {
      delete(directory);
    }
  }

  private static Properties settings(Path directory, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.toString());
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", String.valueOf(MAX_RECORD_BYTES));
    settings.put("socket.request.max.bytes", String.valueOf(2 * MAX_RECORD_BYTES));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    settings.put("controlled.shutdown.enable", "false");
    return settings;
  }

  private static void format(Path directory, int controllerPort) {
    Path properties = directory.resolve("meta.properties");
    try {
      Files.createDirectories(directory);
      boolean formatted = Files.exists(properties);
      try (Stream<Path> content = Files.list(directory)) {
        if (!formatted && content.findAny().isPresent()) {
          throw new InvalidInputException(
              "%s: holds something other than Kafka's data. Give an empty directory."
                  .formatted(directory));
        }
      }
      if (formatted) {
        return;
      }
      new Formatter()
          .setNodeId(NODE)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName("CONTROLLER")
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
    } catch (InvalidInputException e) {
      throw e;
    } catch (Exception e) {
      throw new InvalidInputException(
          "%s: cannot hold Kafka's data (%s, controller port %d)"
              .formatted(directory, e.getMessage(), controllerPort),
          e);
    }
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new InvalidInputException(
          "port %d on loopback is taken. Stop what uses it, or choose another port."
              .formatted(port),
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on loopback", e);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's data in " + directory + " cannot be deleted", e);
    }
  }
}
