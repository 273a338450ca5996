package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.DIMENSIONS;
import static io.alcedo.app.index.Vectors.NEW;
import static io.alcedo.app.index.Vectors.NOON;
import static io.alcedo.app.index.Vectors.entries;
import static io.alcedo.app.index.Vectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract on two nodes, two shards, and what is particular to Solr. */
@Tag("full")
@Timeout(300)
class SolrIndexIT extends VectorIndexContract {
  @TempDir static Path directory;

  private static SolrNodes nodes;

  @BeforeAll
  static void startNodes() throws Exception {
    nodes = SolrNodes.start(directory, 2);
  }

  @AfterAll
  static void stopNodes() throws Exception {
    nodes.close();
  }

  @Override
  VectorIndex open() {
    return open("contract");
  }

  private static VectorIndex open(String prefix) {
    return SolrIndex.open(nodes.settings(prefix, 1), IndexSettings.DEFAULT);
  }

  @AfterEach
  void dropAll() {
    for (String prefix : List.of("contract", "other")) {
      try (VectorIndex index = open(prefix)) {
        index.versions().forEach(version -> index.drop(version.name()));
      }
    }
  }

  @Test
  void findsItsVersionsByTheirNames() {
    List<String> names = List.of("_a.b-c_d@_", "a_a", "a_a@a__");
    try (VectorIndex index = open("other")) {
      names.forEach(name -> index.create(name, DIMENSIONS));
    }
    try (VectorIndex index = open("other")) {
      assertThat(index.versions()).extracting(IndexVersion::name).isEqualTo(names);
    }
  }

  @Test
  void opensWhatAnotherProcessMade() {
    Offsets read = new Offsets("embeddings@id", Map.of(0, 5L, 1, 9L));
    try (VectorIndex index = open("other");
        VectorIndex late = open("other")) {
      index.create(NEW, DIMENSIONS);
      index.upsert(NEW, entries(20).toList());
      index.commit(read);
      late.create(NEW, DIMENSIONS);
      assertThat(late.offsets(NEW)).isEqualTo(read);
      assertThatThrownBy(() -> late.create(NEW, 3)).isInstanceOf(InvalidInputException.class);
    }
    try (VectorIndex index = open("other")) {
      index.refresh();
      assertThat(index.offsets(NEW)).isEqualTo(read);
      IndexAssertions.assertHolds(index, NEW, 0, 20);
    }
  }

  @Test
  void saysThatACollectionIsGone() {
    try (VectorIndex index = open("other");
        VectorIndex another = open("other")) {
      index.create(NEW, DIMENSIONS);
      another.create(NEW, DIMENSIONS);
      another.drop(NEW);
      assertThatThrownBy(() -> index.upsert(NEW, entries(1).toList()))
          .isInstanceOf(IndexFaultException.class);
      assertThatThrownBy(() -> index.reopen(NEW))
          .isInstanceOf(IndexFaultException.class)
          .hasMessageEndingWith("look for the cause, then ./alcedo index rebuild.");
      index.drop(NEW);
      index.create(NEW, DIMENSIONS);
      assertThat(index.count(NEW)).isZero();
    }
  }

  @Test
  void findsAlmostAllThatTheExactIndexFinds() {
    try (VectorIndex index = open("other");
        VectorIndex exact = new ExactIndex()) {
      for (VectorIndex each : List.of(index, exact)) {
        each.create(NEW, DIMENSIONS);
        each.upsert(NEW, entries(5000).toList());
        each.deleteBefore(NEW, NOON.plusSeconds(1000));
        each.refresh();
      }
      int found = 0;
      for (int query = 1; query <= 50; query++) {
        List<String> truth = ids(exact, query);
        found += (int) ids(index, query).stream().filter(truth::contains).count();
      }
      assertThat(found / 500.0).as("recall@10").isGreaterThan(0.97);
    }
  }

  private static List<String> ids(VectorIndex index, int query) {
    return index.search(NEW, vector(-query), 10, VectorFilter.ALL).stream()
        .map(hit -> hit.facts().id())
        .toList();
  }

  @Test
  void saysWhatItCannotDo() {
    IndexSettings quantized = new IndexSettings(null, null, true, null, null, null);
    assertThatThrownBy(() -> SolrIndex.open(nodes.settings("other", 1), quantized))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("quantize");
  }
}
