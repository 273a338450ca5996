package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for rules on a real broker. */
class RulesIT {
  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private Path config;
  private Path rule;

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start();
    config =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            "kafka: {bootstrap: \"%s\"}\nrules: [{id: gone, when: {type: absent, for: 9s}}]\n"
                .formatted(kafka.bootstrap()));
    rule = folder.resolve("rule.yaml");
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void putsRevisionsListsThemAndEndsARule() throws IOException {
    Files.writeString(rule, "id: dark\nwhen: {type: dark, for: 5s}\n");
    assertThat(run("put", rule.toString()).out()).contains("put dark@1");
    Files.writeString(rule, "id: dark\nwhen: {type: dark, for: 8s}\n");
    assertThat(run("put", rule.toString()).out()).contains("put dark@2");
    assertThat(run("disable", "dark").out()).contains("put dark@3, which is disabled");

    assertThat(run("list").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("dark@1  dark").contains("of the topic"),
            line -> assertThat(line).startsWith("dark@2  dark"),
            line -> assertThat(line).startsWith("dark@3  dark").endsWith("disabled"),
            line -> assertThat(line).startsWith("gone@1  absent").contains("of the file"));
  }

  @Test
  void reachesARunByItsBrokerAlone() throws IOException {
    Files.writeString(rule, "id: dark\nwhen: {type: dark, for: 5s}\n");
    CommandLineRun put =
        CommandLineRun.of("rules", "put", "--kafka", kafka.bootstrap(), rule.toString());

    assertThat(put.out()).contains("put dark@1");
    assertThat(CommandLineRun.of("rules", "list", "--kafka", kafka.bootstrap()).out().lines())
        .satisfiesExactly(line -> assertThat(line).startsWith("dark@1"));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(rule, "id: dark\nwhen: {type: drak, for: 5s}\n");
    assertThat(run("put", rule.toString()).error()).contains("rule.yaml", "when.type", "'drak'");
    assertThat(run("disable", "gone").error()).contains("no rule 'gone' on the topic");
    Files.writeString(config, "duration: 1s");
    assertThat(run("list").error()).contains("names no Kafka cluster, expected --kafka HOST:PORT");
    assertThat(run("list", "--kafka", "here").error()).contains("--kafka: bootstrap is 'here'");
  }

  private CommandLineRun run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("rules", command, "--config", config.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
