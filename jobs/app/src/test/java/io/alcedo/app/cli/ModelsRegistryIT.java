package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.operators.stream.fixture.TinyClassifier;
import io.alcedo.operators.stream.fixture.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's commands on a real broker. */
class ModelsRegistryIT {
  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private Path config;

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start();
    config =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            "kafka: {bootstrap: \"%s\"}\nregistry: {store: \"%s\"}\n"
                .formatted(kafka.bootstrap(), folder.resolve("registry").toUri()));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void publishesPromotesAndGoesBack() {
    String first = publish(TinyEncoder.write(folder.resolve("one"), 0));
    String second = publish(TinyEncoder.write(folder.resolve("two"), 100));

    assertThat(run("history", "encoder").error()).contains("no encoder was ever deployed");
    assertThat(run("promote", first).out()).contains("encoder: " + first);
    assertThat(run("rollback", "encoder").error()).contains("no version served before " + first);
    assertThat(run("promote", second, "--reason", "recall 0.8").out()).contains(second);
    assertThat(run("rollback", "encoder").out()).contains("encoder: " + first);

    assertThat(run("history", "encoder").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains(first, "rolled back by hand"),
            line -> assertThat(line).contains(second, "recall 0.8"),
            line -> assertThat(line).contains(first, "promoted by hand"));
  }

  @Test
  void aModelServesInTheRoleThatItsTaskGives() {
    String classifier = publish(TinyClassifier.write(folder.resolve("colour")));

    assertThat(run("promote", classifier).out()).contains("classifier: " + classifier);
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(run("promote", "none@00").error())
        .contains("version 'none@00' is not in the registry");
    assertThat(run("history", "poet").error())
        .contains("role is 'poet', expected detector, classifier or encoder");
    Files.writeString(config, "duration: 1s");
    assertThat(run("history", "encoder").error()).contains("names no registry, expected blocks");
  }

  private String publish(Path model) {
    String out = run("publish", model.toString()).out();
    assertThat(out).startsWith("published ");
    return out.substring("published ".length()).strip();
  }

  private CommandLineRun run(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "models";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--config";
    all[all.length - 1] = config.toString();
    return CommandLineRun.of(all);
  }
}
