package io.alcedo.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.data.PictureFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training in a JVM of its own, which is asked to end. */
class StopTest {
  private static final int TERMINATED = 128 + 15;
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path directory;

  /** The child. */
  public static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      ClassifierTraining.run(
          folder.resolve("config.yaml"), folder.resolve("out"), false, System.out);
    }
  }

  @Test
  void savesItselfAndEndsWithoutACrash() throws Exception {
    PictureFixture.zip(directory.resolve("pictures.zip"), 32, "blue", "red");
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        name: endless
        network: {family: cifar, depth: 20}
        data: {folder: pictures.zip, heldOut: 8}
        schedule: {epochs: 100000}
        run: {batchSize: 8, threads: 1}
        """);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                directory.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("child.log").toFile())
            .start();
    try {
      waitForSteps(process);
      process.destroy();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
    assertThat(directory.resolve("out/checkpoint.safetensors")).isNotEmptyFile();
    assertThat(Files.readString(directory.resolve("child.log")))
        .contains("Stopped after step", "--resume");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("hs_err")))
          .isEmpty();
    }
  }

  private void waitForSteps(Process process) throws IOException, InterruptedException {
    Path log = directory.resolve("out/log.csv");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.exists(log) || Files.readAllLines(log).size() < 5) {
      assertThat(process.isAlive() && System.nanoTime() < deadline)
          .as("the child trains: %s", directory.resolve("child.log"))
          .isTrue();
      Thread.sleep(50);
    }
  }
}
