package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.DIMENSIONS;
import static io.alcedo.app.index.Vectors.NEW;
import static io.alcedo.app.index.Vectors.OLD;
import static io.alcedo.app.index.Vectors.id;
import static io.alcedo.app.index.Vectors.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.app.index.EmbeddingsReader.Counts;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a real topic into a real index, with its ends in the middle. */
@Timeout(240)
class EmbeddingsReaderIT {
  private static EmbeddedKafka broker;
  private static int tests;

  @TempDir Path directory;

  private final FullDisk disk = new FullDisk();
  private EmbeddingsTopic topic;
  private VectorIndex index;
  private EmbeddingsReader reader;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedKafka.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void start() {
    topic = new EmbeddingsTopic(broker, "test" + tests++ + "-");
    open();
  }

  @AfterEach
  void stop() {
    close();
    topic.close();
  }

  private void open() {
    index = LuceneIndex.open(directory, IndexSettings.DEFAULT, disk);
    reader = new EmbeddingsReader(topic.settings(), index, EmbeddingsReader.Hooks.NONE);
  }

  /** Without a commit, as if the process had died. */
  private void close() {
    reader.close();
    index.close();
  }

  @Test
  void readsWhatWasCommittedAndNothingElse() {
    topic.publish(OLD, 0, 100);
    topic.publishAndAbort(embeddings(OLD, 100, 120));
    topic.publish(NEW, 200, 210);
    readUntil(110);

    assertHolds(OLD, 0, 100);
    assertHolds(NEW, 200, 210);
    assertThat(reader.counts()).isEqualTo(new Counts(110, 0, 0, 0));
  }

  @Test
  void goesOnWhereItWasCommittedWithNothingLostOrDoubled() {
    topic.publish(OLD, 0, 100);
    readUntil(100);
    reader.commit();
    topic.publish(OLD, 100, 200);
    readUntil(200);
    close();

    open();
    assertThat(index.count(OLD)).isEqualTo(100);
    readUntil(100);
    assertHolds(OLD, 0, 200);
    reader.commit();
    close();

    open();
    topic.publish(OLD, 200, 201);
    readUntil(1);
    assertHolds(OLD, 0, 201);
    assertThat(reader.counts()).isEqualTo(new Counts(1, 0, 0, 0));
  }

  @Test
  void skipsWhatIsNoVectorAndTakesTheRest() {
    List<Embedding> records = new ArrayList<>(embeddings(OLD, 0, 50));
    records.add(20, EmbeddingsTopic.embedding(OLD, 900, vector(1, 3)));
    records.add(20, EmbeddingsTopic.embedding(OLD, 901, new float[DIMENSIONS]));
    records.add(20, EmbeddingsTopic.embedding(OLD, 902, new float[] {Float.NaN}));
    records.add(20, EmbeddingsTopic.embedding("no/../name", 903, vector(1)));
    topic.publish(OLD, 50, 51); // the first says how many numbers there are
    topic.publish(records);
    readUntil(55);

    assertHolds(OLD, 0, 51);
    assertThat(index.versions()).hasSize(1);
    assertThat(reader.counts()).isEqualTo(new Counts(51, 0, 4, 0));
  }

  @Test
  void deletesForGood() {
    topic.publish(OLD, 0, 70);
    readUntil(70);
    reader.change(all -> all.deleteCamera(OLD, "camera-3"));
    close();

    open();
    topic.publish(OLD, 70, 71);
    readUntil(1);
    assertThat(index.count(OLD)).isEqualTo(61);
  }

  @Test
  void readsAVersionAgainAndPassesOverWhatTheOthersHave() {
    topic.publish(OLD, 0, 50);
    topic.publish(NEW, 0, 20);
    readUntil(70);
    reader.rebuild(OLD, DIMENSIONS);
    assertThat(index.count(OLD)).isZero();
    reader.commit();
    close();

    open();
    topic.publish(NEW, 20, 30);
    readUntil(80);
    assertHolds(OLD, 0, 50);
    assertHolds(NEW, 0, 30);
    assertThat(reader.counts()).isEqualTo(new Counts(60, 20, 0, 0));
  }

  @Test
  void catchesUpWhenTheDiskHasRoomAgain() {
    topic.publish(OLD, 0, 50);
    topic.publish(NEW, 0, 50);
    readUntil(100);
    reader.commit();

    disk.fill(directory.resolve(OLD));
    topic.publish(OLD, 50, 60);
    topic.publish(NEW, 50, 60);
    readUntil(120);
    reader.commit();
    topic.publish(OLD, 60, 70);
    readUntil(130);
    reader.commit();
    assertThat(reader.counts().waiting()).isEqualTo(20);
    assertHolds(NEW, 0, 60);
    assertHolds(OLD, 0, 50);
    reader.reopenFaulty();
    readUntil(160);
    assertThat(reader.counts()).isEqualTo(new Counts(110, 10, 0, 40));
    reader.commit();

    disk.makeRoom();
    reader.reopenFaulty();
    readUntil(190);
    assertThat(reader.counts()).isEqualTo(new Counts(130, 20, 0, 40));
    assertHolds(OLD, 0, 70);
    assertHolds(NEW, 0, 60);
    reader.commit();
    close();

    open();
    assertHolds(OLD, 0, 70);
    assertHolds(NEW, 0, 60);
  }

  @Test
  void beginsAgainWithATopicThatWasMadeAgain() throws Exception {
    topic.publish(OLD, 0, 50);
    readUntil(50);
    reader.commit();
    close();

    topic.makeAgain();
    topic.publish(OLD, 50, 90);
    open();
    readUntil(40);
    assertHolds(OLD, 0, 90);
  }

  @Test
  void serviceShowsCommitsAndStops() throws InterruptedException {
    IndexSettings settings =
        new IndexSettings(null, null, null, null, Duration.ofMillis(50), Duration.ofHours(1));
    try (IndexService service = IndexService.start(topic.settings(), index, settings)) {
      topic.publish(OLD, 0, 500);
      awaitIndexed(service, 500);
      assertHolds(OLD, 0, 500);
      service.delete(List.of(id(3)));
      topic.publish(OLD, 500, 510);
      awaitIndexed(service, 510);
    }
    close();

    open();
    assertThat(index.count(OLD)).isEqualTo(509);
  }

  /** A transaction shows a moment after its commit returns. */
  private static void awaitIndexed(IndexService service, int vectors) throws InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    String all = "vectors indexed %d, known 0, refused 0, waiting 0".formatted(vectors);
    while (!service.summary().equals(all)) {
      assertThat(Instant.now()).as("%s, of %d", service.summary(), vectors).isBefore(deadline);
      assertThat(service.awaitEnd(Duration.ofMinutes(2))).isTrue();
    }
  }

  /** Records of this reader, whatever becomes of them. */
  private void readUntil(long records) {
    Instant deadline = Instant.now().plusSeconds(60);
    while (sum(reader.counts()) < records) {
      assertThat(Instant.now()).as("waiting for %d records", records).isBefore(deadline);
      reader.read(Duration.ofMillis(100));
    }
    index.refresh();
    assertThat(sum(reader.counts())).isEqualTo(records);
  }

  private static long sum(Counts counts) {
    return counts.indexed() + counts.known() + counts.refused() + counts.waiting();
  }

  private void assertHolds(String version, int first, int end) {
    index.refresh();
    IndexAssertions.assertHolds(index, version, first, end);
  }

  private static List<Embedding> embeddings(String encoder, int first, int end) {
    List<Embedding> embeddings = new ArrayList<>();
    for (int number = first; number < end; number++) {
      embeddings.add(EmbeddingsTopic.embedding(encoder, number));
    }
    return embeddings;
  }
}
