package io.alcedo.app.index;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A SolrCloud of this machine: ZooKeeper and some nodes, each a process with Solr's own class path,
 * which {@code tests/solr} writes with {@code -Pfull}.
 */
final class SolrNodes implements AutoCloseable {
  private static final Path SOLR = Path.of(System.getProperty("alcedo.root"), "tests", "solr");
  private static final int PATIENCE = 120_000;
  private static final int LOOK = 200;

  private final Path directory;
  private final int zooKeeperPort = freePort();
  private final List<Integer> ports;
  private final Process[] processes;
  private Process zooKeeper;

  /** Starts as many nodes as these. */
  static SolrNodes start(Path directory, int count) throws Exception {
    SolrNodes nodes = new SolrNodes(directory, count);
    nodes.startAll();
    return nodes;
  }

  private SolrNodes(Path directory, int count) throws IOException {
    this.directory = directory;
    this.processes = new Process[count];
    this.ports = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      ports.add(freePort());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  List<String> urls() {
    return ports.stream().map(port -> "http://127.0.0.1:" + port + "/solr").toList();
  }

  SolrSettings settings(String prefix, int replicas) {
    return new SolrSettings(urls(), prefix, 2, replicas);
  }

  void startAll() throws Exception {
    zooKeeper =
        java(
            "zookeeper",
            "-Xmx64m",
            List.of("-Dzookeeper.admin.enableServer=false"),
            List.of(
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                String.valueOf(zooKeeperPort),
                directory.resolve("zookeeper").toString()));
    for (int node = 0; node < processes.length; node++) {
      begin(node);
    }
    for (int node = 0; node < processes.length; node++) {
      awaitAnswer(node);
    }
  }

  void start(int node) throws Exception {
    begin(node);
    awaitAnswer(node);
  }

  private void begin(int node) throws IOException {
    Path home = Files.createDirectories(directory.resolve("node-" + node));
    Files.copy(
        SOLR.resolve("solr.xml"), home.resolve("solr.xml"), StandardCopyOption.REPLACE_EXISTING);
    processes[node] =
        java(
            "node-" + node,
            "-Xmx512m",
            List.of(
                "-Djetty.port=" + ports.get(node),
                "-DzkHost=127.0.0.1:" + zooKeeperPort,
                "-Dsolr.solr.home=" + home,
                "-Dsolr.log.dir=" + home),
            List.of(
                "org.eclipse.jetty.xml.XmlConfiguration", SOLR.resolve("jetty.xml").toString()));
  }

  private Process java(String name, String heap, List<String> properties, List<String> arguments)
      throws IOException {
    Path classPath = SOLR.resolve("target").resolve("class.path");
    if (!Files.exists(classPath)) {
      throw new IllegalStateException(classPath + " is not there: run Maven with -Pfull");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(heap);
    command.add("-XX:+UseSerialGC");
    command.addAll(properties);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("CLASSPATH", Files.readString(classPath).strip());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()))
        .start();
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private void awaitAnswer(int node) throws Exception {
    SolrHttp http = new SolrHttp(List.of(urls().get(node)));
    for (int waited = 0; waited < PATIENCE; waited += LOOK) {
      try {
        var unused = http.ask("/admin/collections", SolrParameters.of("action", "LIST"));
        return;
      } catch (IOException e) {
        if (processes[node].waitFor(LOOK, TimeUnit.MILLISECONDS)) {
          throw new IOException(Files.readString(log("node-" + node)), e);
        }
      }
    }
    throw new IOException(Files.readString(log("node-" + node)));
  }

  /** Whether every copy of every shard serves. */
  boolean areWhole() throws IOException {
    return new SolrHttp(urls())
            .ask("/admin/collections", SolrParameters.of("action", "CLUSTERSTATUS"))
            .findValuesAsText("health")
            .stream()
            .allMatch("GREEN"::equals);
  }

  /** As SIGKILL does. */
  void kill(int node) throws InterruptedException {
    processes[node].destroyForcibly().waitFor();
  }

  /** All at once, with ZooKeeper. */
  void killAll() throws InterruptedException {
    zooKeeper.destroyForcibly().waitFor();
    for (int node : IntStream.range(0, processes.length).toArray()) {
      kill(node);
    }
  }

  @Override
  public void close() throws InterruptedException {
    killAll();
  }
}
