package io.alcedo.app.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.app.cli.Alcedo;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.pictures.PictureStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.DefaultPluginManager;
import org.apache.flink.core.plugin.DirectoryBasedPluginFinder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The contract on an S3 server, through Flink's plugin, and what is particular to a server. */
@Tag("full")
@Timeout(300)
class S3PictureStoreIT extends PictureStoreContract {
  @TempDir static Path directory;

  private static final Logger LOG = LoggerFactory.getLogger(S3PictureStoreIT.class);
  private static S3Server server;
  private static int buckets;
  private String bucket;

  @BeforeAll
  static void startServer() throws Exception {
    server = S3Server.start(directory);
    Configuration configuration = Configuration.fromMap(server.settings());
    FileSystem.initialize(
        configuration,
        new DefaultPluginManager(
            new DirectoryBasedPluginFinder(S3Server.plugins()).findPlugins(),
            CoreOptions.getPluginParentFirstLoaderPatterns(configuration)));
  }

  @AfterAll
  static void stopServer() throws Exception {
    FileSystem.initialize(new Configuration(), null);
    server.close();
  }

  @BeforeEach
  void makeBucket() throws IOException {
    bucket = "pictures-" + buckets++;
    var unused = server.bucket(bucket);
  }

  @Override
  protected URI root() {
    return URI.create("s3://" + bucket + "/crops");
  }

  @Override
  protected Path folder() {
    return directory.resolve("buckets").resolve(bucket).resolve("crops");
  }

  @Test
  void takesAWholeBucket() throws IOException {
    for (String root : List.of("s3://" + bucket, "s3a://" + bucket + "/")) {
      PictureStore store = new PictureStore(URI.create(root));
      assertThat(store.sweep(null, 0L, NOW).files()).isZero();
      store.put(ID, new byte[] {1});
      assertThat(store.find(ID)).hasValue(new byte[] {1});
      assertThat(store.sweep(null, 0L, NOW)).isEqualTo(new PictureStore.Swept(1, 1));
    }
  }

  /** A server's list has 1000 objects a page. */
  @Test
  void sweepsMoreThanAPage() throws IOException {
    PictureStore store = store();
    String folder = Path.of(store.uri(ID).getPath()).getParent().getFileName().toString();
    Path files = Files.createDirectories(folder().resolve(folder));
    for (int i = 0; i < 2_100; i++) {
      Files.write(files.resolve(i + ".jpg"), new byte[10]);
    }
    assertThat(store.sweep(null, 20_900L, NOW)).isEqualTo(new PictureStore.Swept(10, 100));
  }

  @Test
  void saysThatThereIsNoBucket() {
    PictureStore nowhere = new PictureStore(URI.create("s3://no-such-bucket/crops"));

    assertThatThrownBy(() -> nowhere.put(ID, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-bucket");
    assertThatThrownBy(() -> nowhere.sweep(null, 0L, NOW))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-bucket");
  }

  @Test
  void saysThatTheServerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    PictureStore store = store();
    store.put(ID, new byte[] {1, 2});
    server.kill();
    try {
      assertThatThrownBy(() -> store.put("other", new byte[1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(bucket)
          .hasMessageContaining("Connection refused");
      assertThatThrownBy(() -> store.find(ID)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.sweep(null, 0L, NOW)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> store.delete(ID)).isInstanceOf(IOException.class);
    } finally {
      server.start();
    }
    assertThat(store.find(ID)).hasValue(new byte[] {1, 2});
    store.put("other", new byte[] {3});
    assertThat(store.find("other")).hasValue(new byte[] {3});
  }

  /** What was put is there and whole, whenever the server is killed. */
  @Test
  void keepsWhatWasPutWhenTheServerIsKilled() throws Exception {
    PictureStore store = store();
    List<String> put = new ArrayList<>();
    AtomicBoolean enough = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              while (!enough.get()) {
                int id = put.size();
                try {
                  store.put("id-" + id, picture(id));
                  put.add("id-" + id);
                } catch (IOException e) {
                  LOG.info("once more: {}", e.getMessage());
                }
              }
            });
    writer.start();
    for (int kill = 0; kill < 2; kill++) {
      writer.join(Duration.ofSeconds(3).toMillis());
      server.kill();
      server.start();
    }
    writer.join(Duration.ofSeconds(3).toMillis());
    enough.set(true);
    writer.join();

    assertThat(put).hasSizeGreaterThan(20);
    for (int id = 0; id < put.size(); id++) {
      assertThat(store.find("id-" + id)).hasValue(picture(id));
    }
  }

  private static byte[] picture(int id) {
    byte[] jpeg = new byte[200_000];
    jpeg[0] = (byte) id;
    jpeg[jpeg.length - 1] = (byte) id;
    return jpeg;
  }

  /** As {@code ./alcedo} does, in a process of its own: only there the variables are others. */
  @Test
  void isLoadedByTheCommandLine() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"),
        server.settings().entrySet().stream()
            .map(entry -> "%s: \"%s\"\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining()));
    Path file =
        Files.writeString(
            directory.resolve("pipeline.yaml"),
            "index: {crops: {store: \"%s\"}}\ncameras: []\n".formatted(root()));
    List<String> serve =
        List.of("index", "serve", "--config", file.toString(), "--output", directory.toString());

    assertThat(alcedo(Map.of(), serve))
        .isEqualTo(
            "2 alcedo: index.crops.store is '%s', but no file system for s3: is loaded. Put Flink's plugin for it into a folder of its own in plugins/, and name plugins/ in the environment variable FLINK_PLUGINS_DIR."
                .formatted(root()));
    assertThat(
            alcedo(
                Map.of(
                    "FLINK_PLUGINS_DIR", S3Server.plugins().toString(),
                    "FLINK_CONF_DIR", directory.toString()),
                serve))
        .startsWith("2 alcedo: ")
        .contains("there is no index");
    assertThat(alcedo(Map.of("FLINK_PLUGINS_DIR", "none"), List.of("--version")))
        .startsWith("2 alcedo: FLINK_PLUGINS_DIR is 'none', which is no folder.");
  }

  /** The exit code and what was printed. */
  private static String alcedo(Map<String, String> variables, List<String> arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dalcedo.root=" + System.getProperty("alcedo.root"));
    command.add(Alcedo.class.getName());
    command.addAll(arguments);
    Path printed = directory.resolve("printed.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FLINK_"));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().putAll(variables);
    int code = builder.start().waitFor();
    return code + " " + Files.readString(printed).strip();
  }

  @Test
  void knowsOnlyWhatItsPluginsBring() {
    assertThatThrownBy(
            () -> new PictureStore(URI.create("gs://bucket/crops")).requireFileSystem("a.store"))
        .isInstanceOf(InvalidInputException.class);
    assertThat(store().requireFileSystem("a.store")).isEqualTo(store());
  }
}
