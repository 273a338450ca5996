package io.alcedo.training.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a server on loopback that cuts, forgets, lies and stalls. */
class DownloadTest {
  private static final int SIZE = 300_000;
  private static final Download.Patience HASTY =
      new Download.Patience(4, Duration.ofMillis(1), Duration.ofSeconds(5));

  @TempDir private Path folder;
  private WeightServer server;
  private byte[] content;
  private final List<Long> progress = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    content = new byte[SIZE];
    new Random(7).nextBytes(content);
    server = new WeightServer(content);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path fetch(Download.Patience patience, String path) {
    return fetch(server.address(path), patience, Map.of());
  }

  private Path fetch(URI address, Download.Patience patience, Map<String, String> environment) {
    Path target = folder.resolve("weights.pth");
    new Download(
            new EnvironmentProxies(environment, null),
            patience,
            (done, total) -> progress.add(done))
        .fetch(address, target, SIZE + 10, partial -> {});
    return target;
  }

  private void assertOnlyTheFile() throws IOException {
    assertThat(folder.resolve("weights.pth")).hasBinaryContent(content);
    assertThat(files()).containsExactly("weights.pth");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void fetchesAFileAndSaysHowFarItIs() throws IOException {
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(progress).isSorted().last().isEqualTo((long) SIZE);
    assertThat(server.ranges()).containsExactly("-");
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(2);
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(server.ranges()).containsExactly("-", "bytes=100000-", "bytes=200000-");
  }

  @Test
  void goesOnInALaterRun() throws IOException {
    server.cutAfter = 120_000;
    server.cuts.set(1);
    Download.Patience once = new Download.Patience(1, Duration.ZERO, Duration.ofSeconds(5));
    assertThatThrownBy(() -> fetch(once, "file"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("at 120000 bytes")
        .hasMessageContaining("Run the command again");
    assertThat(files()).containsExactly("weights.pth.partial", "weights.pth.partial.version");
    fetch(once, "file");
    assertOnlyTheFile();
    assertThat(server.ranges()).containsExactly("-", "bytes=120000-");
  }

  @Test
  void startsOverWhenTheServerIgnoresRanges() throws IOException {
    server.ignoresRanges = true;
    server.cutAfter = 100_000;
    server.cuts.set(1);
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(server.ranges()).containsExactly("-", "bytes=100000-");
  }

  @Test
  void startsOverWhenTheServerNamesNoVersion() throws IOException {
    server.etag = null;
    server.cutAfter = 100_000;
    server.cuts.set(1);
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(server.ranges()).containsExactly("-", "-");
  }

  @Test
  void endsWhenItGetsNoFurther() {
    server.ignoresRanges = true;
    server.cutAfter = 100_000;
    server.cuts.set(1000);
    assertThatThrownBy(() -> fetch(HASTY, "file"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("broke off 4 times");
    assertThat(server.ranges()).hasSize(4);
  }

  @Test
  void neverJoinsTwoVersionsOfAFile() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(1);
    Download.Patience once = new Download.Patience(1, Duration.ZERO, Duration.ofSeconds(5));
    assertThatThrownBy(() -> fetch(once, "file")).isInstanceOf(DownloadException.class);
    new Random(8).nextBytes(content);
    server.etag = "\"two\"";
    fetch(once, "file");
    assertOnlyTheFile();
  }

  @Test
  void startsOverWhenTheServerSendsAnotherPart() throws IOException {
    server.cutAfter = 100_000;
    server.cuts.set(1);
    server.shift = 5;
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(server.ranges()).containsExactly("-", "bytes=100000-", "-");
  }

  @Test
  void asksForNothingWhenAllIsThere() throws IOException {
    Files.write(folder.resolve("weights.pth.partial"), content);
    Files.writeString(folder.resolve("weights.pth.partial.version"), "\"one\"");
    fetch(HASTY, "file");
    assertOnlyTheFile();
    assertThat(progress).isEmpty();
  }

  @Test
  void triesAgainWhenTheServerIsBusyOrSilent() throws IOException {
    server.fail(503, 429);
    fetch(HASTY, "file");
    assertOnlyTheFile();
    server.cutAfter = 10;
    server.cuts.set(1);
    server.stallMillis = 60_000;
    fetch(new Download.Patience(4, Duration.ofMillis(1), Duration.ofMillis(300)), "file");
    assertOnlyTheFile();
  }

  @Test
  void followsRedirectsWithinTheWeb() throws IOException {
    fetch(HASTY, "moved");
    assertOnlyTheFile();
    assertThatThrownBy(() -> fetch(HASTY, "elsewhere"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("which is not safe");
  }

  @Test
  void saysAtOnceThatAFileIsNotThere() throws IOException {
    server.fail(404);
    assertThatThrownBy(() -> fetch(HASTY, "file"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("answers 404");
    server.fail(407);
    assertThatThrownBy(() -> fetch(HASTY, "file")).hasMessageContaining("proxy wants a name");
    assertThat(server.ranges()).hasSize(2);
    assertThat(files()).isEmpty();
  }

  @Test
  void refusesMoreThanWasExpected() throws IOException {
    server.content = new byte[SIZE + 100];
    assertThatThrownBy(() -> fetch(HASTY, "file")).hasMessageContaining("has 300100 bytes");
    server.chunked = true;
    server.content = Arrays.copyOf(server.content, 10 * SIZE);
    assertThatThrownBy(() -> fetch(HASTY, "file"))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("expected 300010 at most");
    assertThat(files()).isEmpty();
  }

  @Test
  void saysInOneLineThatThereIsNoNetwork() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (String address :
        List.of("http://127.0.0.1:%d/file".formatted(closed), "http://weights.invalid/file")) {
      assertThatThrownBy(() -> fetch(URI.create(address), HASTY, Map.of()))
          .isInstanceOf(DownloadException.class)
          .hasMessageStartingWith(address + " cannot be reached")
          .hasMessageContaining("https_proxy")
          .hasMessageMatching("[^\\n\\r]+");
    }
  }

  @Test
  void goesThroughAProxy() throws IOException {
    String proxy = server.address("").toString();
    fetch(URI.create("http://weights.invalid/file"), HASTY, Map.of("http_proxy", proxy));
    assertOnlyTheFile();
    assertThat(server.hosts()).containsExactly("weights.invalid");
  }

  @Test
  void removesAFileOfAnotherChecksum() throws IOException {
    String good = Digest.SHA_256.of(Files.write(folder.resolve("truth"), content));
    Files.delete(folder.resolve("truth"));
    Download download = new Download(new EnvironmentProxies(Map.of(), null), HASTY, (d, t) -> {});
    assertThatThrownBy(() -> published("00000000").fetch(folder, server.address(""), download))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("its SHA-256 begins with " + good.substring(0, 8))
        .hasMessageContaining("removed");
    assertThat(files()).isEmpty();

    PublishedCheckpoint right = published(good.substring(0, 8));
    Path file = right.fetch(folder, server.address(""), download);
    assertThat(file).hasBinaryContent(content);
    int requests = server.ranges().size();
    assertThat(right.fetch(folder, server.address(""), download)).isEqualTo(file);
    assertThat(server.ranges()).as("what is there is not fetched again").hasSize(requests);
  }

  private static PublishedCheckpoint published(String checksum) {
    return new PublishedCheckpoint(
        "test",
        "resnet18",
        URI.create("https://home.invalid/models/file.pth"),
        0.3,
        Digest.SHA_256,
        checksum,
        "none",
        "none");
  }
}
