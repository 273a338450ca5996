package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.jdbc.AnalyticsRows;
import io.alcedo.connectors.jdbc.AnalyticsTable;
import io.alcedo.connectors.jdbc.PostgresFixture;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.AnalyticsRowCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of analytics through a real broker and cluster into a real PostgreSQL. */
@Timeout(180)
class DatabaseJobIT {
  private static final String GATE = "gate";
  private static final String YARD = "yard";
  private static final String TABLE = "alcedo_analytics";
  private static final String SUM = "SELECT count(*), sum(tracks) FROM " + TABLE;

  private static PostgresFixture postgres;

  @TempDir Path directory;
  private KafkaFixture kafka;
  private TestCluster cluster;
  private JobConfig config;
  private JobID job;

  @BeforeAll
  static void startPostgres() throws Exception {
    postgres = PostgresFixture.start();
  }

  @AfterAll
  static void stopPostgres() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    kafka = new KafkaFixture(2, EnumSet.of(Topic.ANALYTICS));
    cluster = new TestCluster();
    config = YamlReader.parse(yaml(postgres.yaml(TABLE)), "test", JobConfig.class);
    new AnalyticsTable(config.databaseSettings()).prepare();
    job = cluster.submit(config.run(), environment -> DatabaseJob.build(environment, config));
  }

  private String yaml(String database) {
    return """
        kafka: {bootstrap: %s}
        database: %s
        run: {parallelism: 2, checkpointInterval: 300ms, checkpointDirectory: "%s", restartDelay: 100ms}
        """
        .formatted(
            kafka.settings().bootstrap(), database, directory.resolve("checkpoints").toUri());
  }

  @AfterEach
  void stop() throws Exception {
    cluster.close();
    kafka.close();
    postgres.execute("DROP TABLE " + TABLE);
  }

  @Test
  void eachKeyHasOneRowWithItsNewestFiguresThoughTheTaskManagerIsLost() throws Exception {
    send(GATE, 0, 20, 1);
    send(YARD, 0, 20, 1);
    postgres.await(SUM, "80 80");
    send(GATE, 0, 20, 1);
    sendBytes(GATE, "{\"v\":1}".getBytes(StandardCharsets.UTF_8));
    cluster.loseTaskManager();
    send(GATE, 10, 30, 1);
    send(GATE, 0, 5, 7);
    send(YARD, 3, 4, 5);
    send(YARD, 3, 4, 9); // in one batch with the one before

    postgres.await(SUM, "100 " + (100 + 10 * 6 + 2 * 8));
    cluster.awaitCheckpoint(job);

    assertThat(postgres.query(SUM)).containsExactly("100 176");
    assertThat(
            postgres.query(
                "SELECT camera, tracks, count(*), count(*) FILTER (WHERE zone = '') FROM %s GROUP BY camera, tracks ORDER BY camera, tracks"
                    .formatted(TABLE)))
        .containsExactly("gate 1 50 25", "gate 7 10 5", "yard 1 38 19", "yard 9 2 1");
  }

  @Test
  void everyFigureHasItsColumn() throws Exception {
    send(GATE, 0, 1, 3);
    postgres.await(SUM, "2 6");

    assertThat(
            postgres.query(
                """
                SELECT camera, zone, label, to_char(window_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS'),
                  window_end - window_start, frames, observed_seconds, tracks, occupancy_mean, occupancy_max,
                  entered, exited, dwell_stays, dwell_p50, dwell_p90, dwell_p99, dwell_max,
                  crossings, speed_mean, speed_max, speed_unit, heat
                FROM alcedo_analytics ORDER BY zone
                """))
        .containsExactly(
            "gate  person 2026-11-23 15:00:00 00:01:00 600 59.5 3 1.5 4 10 9 9 4.5 8 9.25 9.5"
                + " {\"door\": {\"leftToRight\": 3, \"rightToLeft\": 1}} 1.25 2.5 m/s"
                + " {\"columns\": 2, \"seconds\": [0.5, 1.25]}",
            "gate entrance person 2026-11-23 15:00:00 00:01:00 600 59.5 3 1.5 4 10 9 9 4.5 8 9.25 9.5"
                + " {} null null null null");
  }

  @Test
  void goesOnWhereItWasWhenTheDatabaseIsBack() throws Exception {
    send(GATE, 0, 10, 1);
    postgres.await(SUM, "20 20");
    cluster.awaitCheckpoint(job);
    postgres.stop();
    send(GATE, 10, 20, 1);
    while (cluster.restarts(job) < 2) {
      Thread.sleep(50);
    }
    send(GATE, 5, 6, 4);
    postgres.startAgain();

    postgres.await(SUM, "40 46");
    assertThat(cluster.restarts(job)).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theQueriesOfTheDocumentGiveRows() throws Exception {
    send(GATE, 0, 3, 2);
    postgres.await(SUM, "6 12");
    String document =
        Files.readString(Path.of(System.getProperty("alcedo.root"), "jobs/flink/README.md"));
    List<String> queries =
        Pattern.compile("(?s)```sql\\n(SELECT.*?)```")
            .matcher(document)
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();

    assertThat(queries).hasSize(2);
    for (String query : queries) {
      assertThat(postgres.query(query)).as(query).isNotEmpty();
    }
  }

  @Test
  void mainSaysWhatIsWrongBeforeAnythingIsSubmitted() throws Exception {
    assertThatThrownBy(() -> main(""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("database is missing: give a block with url");
    assertThatThrownBy(() -> main(postgres.yaml(TABLE).replace("alcedo,", "nobody,")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("refuses the user")
        .hasMessageContaining("\"nobody\"");
  }

  private void main(String database) throws Exception {
    Path file = Files.writeString(directory.resolve("job.yaml"), yaml(database));
    DatabaseJob.main(new String[] {"--config", file.toString()});
  }

  /** Of each minute a row of the picture and one of a zone. */
  private void send(String camera, int from, int to, long tracks) {
    for (int minute = from; minute < to; minute++) {
      send(AnalyticsRows.ofPicture(camera, minute, tracks));
      send(AnalyticsRows.ofZone(camera, "entrance", minute, tracks));
    }
  }

  private void send(AnalyticsRow row) {
    sendBytes(row.camera(), AnalyticsRowCodec.write(row));
  }

  private void sendBytes(String camera, byte[] value) {
    kafka.send(new ProducerRecord<>("analytics", camera.getBytes(StandardCharsets.UTF_8), value));
  }
}
