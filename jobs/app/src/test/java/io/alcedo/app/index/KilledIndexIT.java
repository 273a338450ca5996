package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that indexes is killed with SIGKILL, twice, while records come. */
@Timeout(300)
class KilledIndexIT {
  private static final int KILLS = 2;
  private static final int BATCH = 200;

  @TempDir Path directory;

  @Test
  void hasEachVectorOnceAfterItWasKilled() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        EmbeddingsTopic topic = new EmbeddingsTopic(broker, "")) {
      int published = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        published = publishUntilKilled(topic, published);
      }
      try (VectorIndex index = LuceneIndex.open(directory, IndexSettings.DEFAULT)) {
        assertThat(index.count(OLD)).as("was killed in the middle").isBetween(1L, published - 1L);
        try (IndexService service =
            IndexService.start(topic.settings(), index, IndexSettings.DEFAULT)) {
          assertThat(service.awaitEnd(Duration.ofMinutes(2))).isTrue();
        }
        IndexAssertions.assertHolds(index, OLD, 0, published);
      }
    }
  }

  /** Kills it when a commit is behind it and records are before it. */
  private int publishUntilKilled(EmbeddingsTopic topic, int before) throws Exception {
    Process process = start(topic.settings());
    int published = before;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (int committed = 0; committed < 3; committed++) {
        topic.publish(OLD, published, published + BATCH);
        published += BATCH;
        assertThat(lines.readLine()).startsWith("committed");
      }
      topic.publish(OLD, published, published + BATCH);
      published += BATCH;
    } finally {
      process.destroyForcibly().waitFor();
    }
    return published;
  }

  private Process start(KafkaSettings kafka) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add(KilledIndexIT.class.getName());
    command.add(kafka.bootstrap());
    command.add(directory.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** The process: reads little by little, and commits what was new, but not at once. */
  public static void main(String[] arguments) {
    KafkaSettings kafka =
        new KafkaSettings(arguments[0], null, null, null, null, Map.of("max.poll.records", "20"));
    try (VectorIndex index = LuceneIndex.open(Path.of(arguments[1]), IndexSettings.DEFAULT);
        EmbeddingsReader reader = new EmbeddingsReader(kafka, index, EmbeddingsReader.Hooks.NONE)) {
      long committed = 0;
      while (true) {
        reader.read(Duration.ofMillis(20));
        if (reader.counts().indexed() >= committed + BATCH / 2) {
          reader.commit();
          committed = reader.counts().indexed();
          System.out.println("committed " + committed);
        }
      }
    }
  }
}
