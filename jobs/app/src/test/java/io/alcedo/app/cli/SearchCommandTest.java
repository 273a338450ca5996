package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.app.fixture.ColourIndex;
import io.alcedo.app.http.HttpConfig;
import io.alcedo.app.http.WebServer;
import io.alcedo.app.search.CropSearch;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
  @TempDir static Path folder;
  private static ColourIndex index;
  private static CropSearch search;
  private static WebServer server;
  private static Path picture;

  @BeforeAll
  static void start() throws IOException {
    index = new ColourIndex(folder);
    search = new CropSearch(index, TinyDetector.write(folder.resolve("detector"), 0.33f));
    // A variable that every process has stands for that of a token.
    server = WebServer.start(new HttpConfig("localhost", 0, "PATH"), search, index);
    byte[] red = Frames.jpeg(128, 96, List.of(Color.BLUE, Color.RED, Color.RED, Color.BLUE));
    picture = Files.write(folder.resolve("red.jpg"), red);
  }

  @AfterAll
  static void stop() {
    server.close();
    search.close();
    index.close();
  }

  @Test
  void findsByPicture() throws IOException {
    Path montage = folder.resolve("found.png");
    CommandLineRun found =
        run("search", picture.toString(), "--top", "3", "--montage", montage.toString());

    assertThat(found.error()).isEmpty();
    assertThat(found.code()).isZero();
    assertThat(found.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(index.serving())
                    .containsPattern("like the person \\(.*\\) of 64 x 48 px at 32, 24"),
            line -> assertThat(line).startsWith(" score  time").contains("camera  track"),
            line ->
                assertThat(line)
                    .containsPattern(
                        "(0\\.99\\d+|1\\.0000)  2026-11-23T15:00:00Z      gate    gate/S/1#0"),
            line -> assertThat(line).endsWith("gate/S/1#0  gate/S/2#0"),
            line -> assertThat(line).contains("door/T/4#0"),
            line -> assertThat(line).isEqualTo("Written to " + montage));
    BufferedImage sheet = ImageIO.read(montage.toFile());
    assertThat(sheet.getWidth()).isEqualTo(4 * 168 + 8);
    assertThat(new Color(sheet.getRGB(8 + 168 + 80, 8 + 110)).getRed()).isGreaterThan(240);
  }

  @Test
  void findsByTrackAndByCrop() throws IOException {
    CommandLineRun track =
        run("search", "--track", ColourIndex.RED, "--camera", "gate", "--camera", "door");
    assertThat(track.out())
        .contains("like track gate/S/1#0, mean of 2", "door/T/4#0", "gate/S/3#0")
        .doesNotContain("gate/S/2#0");
    assertThat(run("search", "--crop", ColourIndex.RED, "--own", "--zone", "yard").out())
        .contains("like crop gate/S/1#0", "1.0000  2026-11-23T15:00:00Z");
    assertThat(run("search", "--crop", ColourIndex.RED, "--since", "2h").out())
        .contains("nothing is found");
    index.crops().delete(ColourIndex.BLUE);
    Path montage = folder.resolve("gone.png");
    assertThat(run("search", "--track", ColourIndex.RED, "--montage", montage.toString()).code())
        .isZero();
    assertThat(ImageIO.read(montage.toFile()).getWidth()).isEqualTo(3 * 168 + 8);
  }

  @Test
  void saysHowTheIndexDoes() {
    assertThat(run("index", "status").out())
        .contains("serving   " + index.serving())
        .contains("version   %s  4 vectors of 3 numbers".formatted(index.tilted()))
        .contains("records   records 4 = indexed 4")
        .contains(
            "found     0.90 s after the frame was published (p50), 1.40 s (p99), of the last 4")
        .contains("restores  30 of 50 pictures looked at")
        .contains(
            "change    to %s: 3 of 4 vectors, 2.5/s, 1 without a picture"
                .formatted(index.tilted()));
  }

  @Test
  void hasAnIndexMadeAgain() {
    assertThat(run("index", "rebuild").out())
        .contains("dropped %s; ./alcedo index status says".formatted(index.tilted()));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path text = Files.write(folder.resolve("text.jpg"), Frames.TEXT);
    assertRefused(run("search", text.toString()), "the query cannot be read (not a JPEG image");
    assertRefused(run("search", "nowhere.jpg"), "nowhere.jpg: cannot be read (NoSuchFile");
    assertRefused(run("search", large().toString()), "has 100 MB, the limit of a picture is 20");
    assertRefused(run("search", "--track", "nobody"), "has no track 'nobody'");
    assertRefused(run("search", "--crop", "a", "--index-version", "x@1"), "no version 'x@1'");
    assertRefused(
        run("search", picture.toString(), "--montage", folder.resolve("a.txt").toString()),
        "a.txt: cannot be written. Give a file that ends in .png");
    assertThat(run("search").error()).contains("IMAGE", "--track");
    assertThat(run("search", "a.jpg", "--track", "b").error()).contains("mutually exclusive");
    assertRefused(
        CommandLineRun.of(
            "search", "--track", "a", "--token", "no", "--server", server.address().toString()),
        "no token or a wrong one, expected the header Authorization: Bearer TOKEN. Give --token");
    assertRefused(
        CommandLineRun.of("index", "status", "--server", "gate:8420"), "is no address of a server");
    assertRefused(
        CommandLineRun.of("index", "status", "--server", "http://127.0.0.1:" + freePort()),
        "nobody answers at http://127.0.0.1:");
  }

  /** A file of 100 MB that takes no room. */
  private static Path large() throws IOException {
    Path file = folder.resolve("large.jpg");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100 << 20);
    }
    return file;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static CommandLineRun run(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--server", server.address().toString(), "--token", System.getenv("PATH")));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void assertRefused(CommandLineRun run, String part) {
    assertThat(run.error()).contains(part).doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.error().strip().lines().count()).isEqualTo(1);
  }
}
