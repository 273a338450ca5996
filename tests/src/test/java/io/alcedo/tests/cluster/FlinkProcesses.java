package io.alcedo.tests.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JobManager and TaskManagers as JVMs of their own, from plain jars on the class path. */
final class FlinkProcesses implements AutoCloseable {
  /** What belongs into lib/: the framework and all that holds native code. See jobs/flink. */
  private static final List<String> IN_LIB =
      List.of(
          "/org/apache/flink/",
          "/org/apache/kafka/kafka-clients/",
          "/org/apache/logging/log4j/",
          "/org/slf4j/",
          "/org/apache/commons/",
          "/commons-",
          "/org/lz4/",
          "/at/yawk/lz4/",
          "/org/xerial/snappy/",
          "/com/github/luben/",
          "/com/google/code/findbugs/",
          "/com/esotericsoftware/",
          "/org/objenesis/",
          "/org/snakeyaml/",
          "/org/apache/flink-shaded",
          "/org/javassist/",
          "/com/microsoft/onnxruntime/",
          "/org/bytedeco/javacpp/",
          "/org/bytedeco/openblas/",
          "/org/bytedeco/opencv/");

  private static final List<String> OPENS =
      Stream.of("java.util", "java.lang", "java.time", "java.nio", "java.net", "java.lang.reflect")
          .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
          .toList();

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final int restPort = freePort();
  private final int rpcPort = freePort();

  /** Lays out conf/. */
  FlinkProcesses(Path directory) throws IOException {
    this.directory = directory;
    for (String folder : List.of("conf", "plugins", "tmp", "log")) {
      Files.createDirectories(directory.resolve(folder));
    }
    Files.writeString(directory.resolve("conf/config.yaml"), configuration());
    Files.writeString(
        directory.resolve("conf/log4j2.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.out.ref = out
        appender.out.type = Console
        appender.out.name = out
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} %m%n
        """);
  }

  private String configuration() {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %d
        io.tmp.dirs: %s
        heartbeat.interval: 1000
        heartbeat.timeout: 5000
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 2.0
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 128m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        taskmanager.memory.task.heap.size: 512m
        taskmanager.memory.task.off-heap.size: 512m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.managed.size: 64m
        classloader.parent-first-patterns.additional: ai.onnxruntime;org.bytedeco
        """
        .formatted(rpcPort, restPort, directory.resolve("tmp"));
  }

  /** The jars of this test that a cluster has in lib/. */
  private static String lib() {
    String separator = File.pathSeparator;
    return Pattern.compile(separator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(jar -> jar.endsWith(".jar") && IN_LIB.stream().anyMatch(jar::contains))
        .filter(jar -> !jar.endsWith("-tests.jar") && !jar.contains("flink-test-utils"))
        .collect(Collectors.joining(separator));
  }

  /** Where the JobManager answers. */
  String restAddress() {
    return "http://127.0.0.1:" + restPort;
  }

  void startJobManager() throws IOException {
    start("jobmanager", "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
  }

  Process startTaskManager(String name) throws IOException {
    return start(name, "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
  }

  private Process start(String name, String mainClass) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseSerialGC"));
    command.addAll(OPENS);
    command.add("-Dlog4j.configurationFile=" + directory.resolve("conf/log4j2.properties"));
    command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
    command.add(mainClass);
    command.addAll(List.of("--configDir", directory.resolve("conf").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log(name).toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "CLASSPATH", lib(),
                "FLINK_CONF_DIR", directory.resolve("conf").toString(),
                "FLINK_PLUGINS_DIR", directory.resolve("plugins").toString(),
                "ORT_DISABLE_TELEMETRY", "1"));
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return directory.resolve("log").resolve(name + ".log");
  }

  /** The last lines of all logs, for a failure's message. */
  String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      for (Path file : files.sorted().toList()) {
        List<String> lines = Files.readAllLines(file);
        text.append("== ").append(file.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 60), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  /** Different files of ONNX Runtime's library that a process has mapped. */
  static long mappedEngines(Process process) throws IOException {
    try (Stream<String> maps = Files.lines(proc(process, "maps"))) {
      return maps.filter(line -> line.contains("/libonnxruntime.so"))
          .map(line -> line.substring(line.indexOf('/')))
          .distinct()
          .count();
    }
  }

  /** Resident memory of a process, MB. */
  static long residentMegabytes(Process process) throws IOException {
    try (Stream<String> status = Files.lines(proc(process, "status"))) {
      String line = status.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
  }

  private static Path proc(Process process, String file) {
    return Path.of("/proc", String.valueOf(process.pid()), file);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    processes.forEach(Process::destroyForcibly);
    for (Process process : processes) {
      boolean unused = process.waitFor(20, TimeUnit.SECONDS);
    }
  }
}
