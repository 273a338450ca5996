package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.DIMENSIONS;
import static io.alcedo.app.index.Vectors.OLD;
import static io.alcedo.app.index.Vectors.entries;
import static io.alcedo.app.index.Vectors.entry;
import static io.alcedo.app.index.Vectors.id;
import static io.alcedo.app.index.Vectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of Solr are killed with SIGKILL while they are written to, and started again. */
@Tag("full")
@Timeout(300)
class KilledSolrIT {
  private static final Offsets READ = new Offsets("embeddings@id", Map.of(0, 5L, 1, 9L));
  private static final int BATCH = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path directory;
  private SolrNodes nodes;

  @BeforeEach
  void start() throws Exception {
    nodes = SolrNodes.start(directory, 2);
  }

  @AfterEach
  void stop() throws Exception {
    nodes.close();
  }

  @Test
  void hasWhatItAcknowledgedWhenANodeIsKilledWhileItWrites() throws Exception {
    try (VectorIndex index = open(1)) {
      index.create(OLD, DIMENSIONS);
      index.upsert(OLD, entries(BATCH).toList());
      index.commit(READ);
      AtomicInteger acknowledged = new AtomicInteger(BATCH);
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> writeUntilItFails(index, acknowledged));
      await(() -> acknowledged.get() >= 10 * BATCH);
      nodes.kill(1);

      Throwable fault = catchThrowable(() -> writing.get(2, TimeUnit.MINUTES)).getCause();
      assertThat(fault)
          .isInstanceOf(IndexFaultException.class)
          .hasMessageStartingWith("index appearance@00112233 in Solr at http://127.0.0.1:")
          .hasMessageContaining("Nothing committed is lost: see to Solr's nodes")
          .hasMessageEndingWith("then open it again.");
      assertThatThrownBy(() -> index.upsert(OLD, List.of(entry(0)))).hasMessage(fault.getMessage());
      assertThatThrownBy(() -> index.commit(READ)).isInstanceOf(IndexFaultException.class);
      assertThatThrownBy(() -> index.search(OLD, vector(0), 1, VectorFilter.ALL))
          .isInstanceOf(IndexFaultException.class);
      assertThatThrownBy(() -> index.reopen(OLD)).isInstanceOf(IndexFaultException.class);
      assertThat(index.versions().get(0).fault()).contains("in Solr at");

      nodes.start(1);
      await(() -> isReopened(index));
      index.refresh();
      int written = acknowledged.get();
      assertThat(index.offsets(OLD)).isEqualTo(READ);
      assertThat(index.known(OLD, IntStream.range(0, written).mapToObj(Vectors::id).toList()))
          .as("acknowledged")
          .hasSize(written);
      assertThat(index.count(OLD)).isBetween((long) written, (long) written + BATCH);

      index.upsert(OLD, entries(written + BATCH).toList()); // as who reads on from the offsets
      index.refresh();
      IndexAssertions.assertHolds(index, OLD, 0, written + BATCH);
    }
  }

  private static void writeUntilItFails(VectorIndex index, AtomicInteger acknowledged) {
    while (true) {
      int first = acknowledged.get();
      index.upsert(OLD, IntStream.range(first, first + BATCH).mapToObj(Vectors::entry).toList());
      acknowledged.addAndGet(BATCH);
    }
  }

  @Test
  void hasWhatItAcknowledgedWhenTheWholeCloudIsKilled() throws Exception {
    try (VectorIndex index = open(1)) {
      index.create(OLD, DIMENSIONS);
      index.upsert(OLD, entries(100).toList());
      index.commit(READ);
      index.upsert(OLD, IntStream.range(100, 120).mapToObj(Vectors::entry).toList());
      index.delete(OLD, List.of(id(0)));
    }
    nodes.killAll();
    assertThatThrownBy(() -> open(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("no SolrCloud answers at http://127.0.0.1:")
        .hasMessageEndingWith("Start one, or correct the addresses.");

    nodes.startAll();
    try (VectorIndex index = open(1)) {
      await(() -> isReopened(index));
      index.refresh();
      assertThat(index.offsets(OLD)).isEqualTo(READ);
      IndexAssertions.assertHolds(index, OLD, 1, 120);
    }
  }

  @Test
  void goesOnWithoutANodeIfThereAreCopies() throws Exception {
    try (VectorIndex index = open(2)) {
      index.create(OLD, DIMENSIONS);
      index.upsert(OLD, entries(100).toList());
      index.commit(READ);
      nodes.kill(0);
      await(() -> isReopened(index) && isWritten(index, 100, 120));
      index.refresh();
      IndexAssertions.assertHolds(index, OLD, 0, 120);

      nodes.start(0);
      await(() -> nodes.areWhole());
      nodes.kill(1);
      await(() -> isReopened(index) && isWritten(index, 120, 140));
      index.refresh();
      assertThat(index.offsets(OLD)).isEqualTo(READ);
      IndexAssertions.assertHolds(index, OLD, 0, 140);
    }
  }

  @Test
  void readsOnFromTheTopicWhenANodeIsBack() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        EmbeddingsTopic topic = new EmbeddingsTopic(broker, "");
        VectorIndex index = open(1);
        IndexService service = IndexService.start(topic.settings(), index, IndexSettings.DEFAULT)) {
      topic.publish(OLD, 0, 200);
      await(() -> shows(index, 200));
      nodes.kill(1);
      topic.publish(OLD, 200, 400);
      await(() -> index.versions().get(0).fault() != null);
      nodes.start(1);
      topic.publish(OLD, 400, 500);
      await(() -> shows(index, 500));
      assertThat(service.awaitEnd(PATIENCE)).isTrue();
      IndexAssertions.assertHolds(index, OLD, 0, 500);
    }
  }

  private static boolean shows(VectorIndex index, int count) {
    return index.versions().stream().anyMatch(it -> it.count() == count && it.fault() == null);
  }

  private VectorIndex open(int replicas) {
    return SolrIndex.open(nodes.settings("killed", replicas), IndexSettings.DEFAULT);
  }

  private static boolean isReopened(VectorIndex index) {
    try {
      index.reopen(OLD);
      return true;
    } catch (IndexFaultException e) {
      return false;
    }
  }

  private static boolean isWritten(VectorIndex index, int first, int end) {
    try {
      index.upsert(OLD, IntStream.range(first, end).mapToObj(Vectors::entry).toList());
      return true;
    } catch (IndexFaultException e) {
      return false;
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
