package io.alcedo.operators.stream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.model.ModelManifest.Task;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a JVM of its own. */
@Timeout(300)
class EngineProcessIT {
  private static final int COMMAND_LINE = 16 << 10;
  private static final long MEGABYTES = 60;

  @TempDir Path directory;

  /** ONNX Runtime 1.29 parsed the command line and died of one over 3.9 kB, without a message. */
  @Test
  void anEngineOpensUnderALongCommandLine() throws Exception {
    Path model = TinyDetector.write(directory.resolve("tiny"));
    Process child = start(List.of("-Dfiller=" + "x".repeat(COMMAND_LINE)), model, 1);
    assertThat(output(child)).contains("opened 1");
    assertThat(child.exitValue()).isZero();
  }

  /** ONNX Runtime writes its warnings to the process's standard error. */
  @Tag("full")
  @Test
  void theBundledDetectorAndTheTinyOnesRunWithoutAWarning() throws Exception {
    Path bundled =
        Path.of(System.getProperty("alcedo.root", "."), "model-training/models/person-detector");
    for (Path model : List.of(bundled, TinyDetector.write(directory.resolve("tiny")))) {
      Process child = start(List.of(), model, 1);
      assertThat(output(child)).contains("opened 1").doesNotContain("onnxruntime:", "[W:", "[E:");
    }
    assertThat(output(start(List.of(), TinyClassifier.write(directory.resolve("colour")), 1)))
        .contains("opened 1")
        .doesNotContain("onnxruntime:", "[W:", "[E:");
  }

  /** Loads, runs and closes a thousand times; the first hundred warm up what stays. */
  @Test
  @Tag("full")
  void aThousandEnginesLeaveNothingBehind() throws Exception {
    Path model = TinyDetector.write(directory.resolve("tiny"));
    Process child = start(List.of("-Xmx128m"), model, 1000);
    String said = output(child);
    assertThat(said).contains("opened 1000");
    long growth = Long.parseLong(said.replaceAll("(?s).*grown by (-?\\d+) MB.*", "$1"));
    System.out.println("1000 engines: grown by " + growth + " MB");
    assertThat(growth).as("resident MB over 900 engines").isLessThan(MEGABYTES);
  }

  private static Process start(List<String> options, Path model, int count) throws IOException {
    List<String> command =
        Stream.of(
                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                options.stream(),
                Stream.of(Main.class.getName(), model.toString(), String.valueOf(count)))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private static String output(Process child) throws IOException, InterruptedException {
    String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return text;
  }

  /** The child: opens, runs and closes engines, and says how much memory stayed. */
  public static final class Main {
    private static final int WARM_UP = 100;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
      ModelDirectory model = ModelDirectory.open(Path.of(arguments[0]));
      int count = Integer.parseInt(arguments[1]);
      long before = 0;
      for (int i = 0; i < count; i++) {
        before = i == WARM_UP ? resident() : before;
        // open() runs the model twice to warm it up.
        if (model.manifest().task() == Task.DETECTION) {
          OnnxDetector.open(model, EngineOptions.DEFAULT, 1, 2).close();
        } else {
          OnnxClassifier.open(model, EngineOptions.DEFAULT, 1, 2).close();
        }
      }
      System.out.printf("opened %d, grown by %d MB%n", count, (resident() - before) >> 10);
    }

    private static long resident() throws IOException {
      try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
        String line = status.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
  }
}
