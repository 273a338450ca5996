package io.alcedo.connectors.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of its own for a test, of the system's packages, that can be away for a
 * while. It does not run as root: there the user {@code postgres} of the packages runs it.
 */
public final class PostgresFixture implements AutoCloseable {
  public static final String USER = "alcedo";

  /** A test cannot set a variable of its own environment, so one that is there has the password. */
  public static final String PASSWORD_ENV = "PATH";

  private static final String PASSWORD = System.getenv(PASSWORD_ENV);
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private final Path programs;
  private final Path directory;
  private final List<String> asUser;
  private final int port;

  private PostgresFixture(Path programs) throws IOException, InterruptedException {
    this.programs = programs;
    boolean root = "root".equals(System.getProperty("user.name"));
    asUser = root ? List.of("runuser", "-u", "postgres", "--") : List.of();
    directory = Files.createTempDirectory("alcedo-postgres");
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    if (root) {
      run(List.of("chown", "-R", "postgres", directory.toString()));
    }
    run(
        program("initdb"),
        List.of("-D", data(), "-U", USER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"),
        List.of("--no-sync", "--pwfile=" + password));
    startAgain();
  }

  /** Starts one; without PostgreSQL on this machine the test is skipped. */
  public static PostgresFixture start() throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    assumeTrue(
        programs.isPresent(),
        "skipped: there is no PostgreSQL (initdb, pg_ctl) on PATH or under %s; Debian's package is postgresql"
            .formatted(DEBIAN));
    return new PostgresFixture(programs.get());
  }

  private static Optional<Path> programs() throws IOException {
    List<Path> folders = new ArrayList<>();
    Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(PASSWORD)
        .map(Path::of)
        .forEach(folders::add);
    if (Files.isDirectory(DEBIAN)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(DEBIAN)) {
        versions.forEach(version -> folders.add(version.resolve("bin")));
      }
    }
    return folders.stream()
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .filter(folder -> Files.isExecutable(folder.resolve("pg_ctl")))
        .findFirst();
  }

  /** As a job is told. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  /** What a table of it needs, in a file's words. */
  public String yaml(String table) {
    return "{url: \"%s\", user: %s, passwordEnv: %s, table: %s}"
        .formatted(url(), USER, PASSWORD_ENV, table);
  }

  /** Stops the server; who is connected is cut off. */
  public void stop() throws IOException, InterruptedException {
    run(program("pg_ctl"), List.of("-D", data(), "-m", "fast", "-w", "stop"));
  }

  /** Starts it where it was. */
  public void startAgain() throws IOException, InterruptedException {
    String options =
        "-p %d -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
            .formatted(port);
    String log = directory.resolve("data/server.log").toString();
    run(program("pg_ctl"), List.of("-D", data(), "-l", log, "-o", options, "-w", "start"));
  }

  /** Executes any statement. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  /** The rows that a query gives, their values separated by blanks. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          values.add(found.getString(i));
        }
        rows.add(String.join(" ", values));
      }
      return rows;
    }
  }

  /** Waits until a query gives a row of this form. */
  public void await(String sql, String row) throws SQLException, InterruptedException {
    while (!query(sql).contains(row)) {
      Thread.sleep(50);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, PASSWORD);
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String program(String name) {
    return programs.resolve(name).toString();
  }

  private void run(String program, List<?>... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asUser);
    command.add(program);
    Stream.of(arguments).flatMap(List::stream).map(String::valueOf).forEach(command::add);
    run(command);
  }

  /** Its output goes into a file: the server would hold a pipe open for ever. */
  private void run(List<String> command) throws IOException, InterruptedException {
    File output = directory.resolve("output").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + Files.readString(output.toPath()));
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (Files.exists(directory.resolve("data/postmaster.pid"))) {
      run(program("pg_ctl"), List.of("-D", data(), "-m", "immediate", "-w", "stop"));
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
