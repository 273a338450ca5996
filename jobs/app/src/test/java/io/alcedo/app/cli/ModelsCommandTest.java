package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.checkpoint.TensorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelsCommandTest {
  private static final Path PWNED = Path.of("/tmp/pwned");

  @TempDir private Path folder;

  private record Ran(int code, String out, String err) {}

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Alcedo.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private String models() {
    return folder.resolve("models").toString();
  }

  @Test
  void importsAndLists() throws IOException {
    Path file = folder.resolve("Tiny One.safetensors");
    Safetensors.write(
        file,
        Map.of(),
        Map.of("module.fc.weight", new float[] {1, 2}),
        Map.of("module.fc.weight", new long[] {1, 2}));
    Ran ran = run("models", "import", file.toString(), "--output", models());
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains("1 tensors", "architecture unknown", "stripped of module.", "cannot be served");
    try (TensorFile open = TensorFile.open(folder.resolve("models/tiny-one/weights.safetensors"))) {
      assertThat(open.tensors().get("fc.weight").floats()).containsExactly(1, 2);
    }
    assertThat(run("models", "list", "--output", models()).out())
        .contains("tiny-one", "maskrcnn_resnet50_fpn", "CC-BY-NC-4.0");
  }

  @Test
  void refusesAFileThatWouldRunCodeInOneLine() throws IOException {
    ByteArrayOutputStream evil = new ByteArrayOutputStream();
    write(evil, 0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19);
    write(evil, '.', 0x80, 2, 'M', 0xe9, 3, '.', 0x80, 2, '}', 'U', 13);
    evil.writeBytes("little_endian".getBytes(StandardCharsets.UTF_8));
    write(evil, 0x88, 's', '.', 0x80, 2);
    evil.writeBytes("cposix\nsystem\nU\u0010touch /tmp/pwned".getBytes(StandardCharsets.UTF_8));
    write(evil, 0x85, 'R', '.');
    Path file = Files.write(folder.resolve("evil.pth"), evil.toByteArray());

    Ran ran = run("models", "import", file.toString(), "--output", models());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("alcedo: " + file, "asks for 'posix.system'");
    assertThat(PWNED).doesNotExist();
    assertThat(folder.resolve("models")).doesNotExist();
  }

  private static void write(ByteArrayOutputStream out, int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
  }

  @Test
  void namesUnknownArchitecturesAndCheckpoints() {
    Ran as = run("models", "import", "x.pth", "--as", "vit");
    assertThat(as.code()).isEqualTo(2);
    assertThat(as.err()).contains("architecture 'vit' is not known");
    Ran pull = run("models", "pull", "vit");
    assertThat(pull.code()).isEqualTo(2);
    assertThat(pull.err()).contains("checkpoint 'vit' is not known");
    assertThat(run("models").code()).isEqualTo(2);
  }

  @Test
  void pullsOnlyWhenTheLicenceIsAccepted() {
    Ran ran = run("models", "pull", "moco_v2_800ep", "--output", models());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("licence: CC-BY-NC-4.0 (not for commercial use)");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("--accept-licence");
  }

  @Test
  void saysInOneLineThatThereIsNoNetwork() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    Ran ran = pull("http://127.0.0.1:%d/".formatted(closed));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("cannot be reached", "models import");
  }

  @Test
  void refusesAFileOfAnotherChecksum() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/resnet18-f37072fd.pth",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("wrong".getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    try {
      Ran ran = pull("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.err()).contains("its SHA-256 begins with", "the authors' with f37072fd");
      assertThat(folder.resolve("models/downloads")).isEmptyDirectory();
    } finally {
      server.stop(0);
    }
  }

  private Ran pull(String mirror) {
    return run(
        "models", "pull", "resnet18", "--accept-licence", "--mirror", mirror, "--output", models());
  }

  @Test
  void drawsABar() {
    assertThat(ModelsCommand.progress("a.pth", 500_000, 2_000_000))
        .isEqualTo("a.pth  [#####...............]  25 %  0.5 of 2.0 MB");
    assertThat(ModelsCommand.progress("a.pth", 500_000, -1)).isEqualTo("a.pth  0.5 MB");
  }
}
