package io.alcedo.app.index;

import static io.alcedo.app.index.Vectors.DIMENSIONS;
import static io.alcedo.app.index.Vectors.NEW;
import static io.alcedo.app.index.Vectors.NOON;
import static io.alcedo.app.index.Vectors.OLD;
import static io.alcedo.app.index.Vectors.entries;
import static io.alcedo.app.index.Vectors.entry;
import static io.alcedo.app.index.Vectors.id;
import static io.alcedo.app.index.Vectors.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on disk, and what a disk can do. */
class LuceneIndexTest extends VectorIndexContract {
  private static final Offsets READ = new Offsets("embeddings@id", Map.of(0, 5L, 1, 9L));
  private static final Offsets FURTHER = new Offsets("embeddings@id", Map.of(0, 7L, 1, 9L));

  @TempDir Path directory;
  @TempDir Path other;

  @Override
  VectorIndex open() {
    return LuceneIndex.open(directory, IndexSettings.DEFAULT);
  }

  @Test
  void opensAsOfItsLastCommit() {
    try (VectorIndex index = reopened()) {
      index.create(OLD, DIMENSIONS);
      index.upsert(OLD, entries(20).toList());
      index.commit(READ);
      index.upsert(OLD, List.of(entry(20), entry(21)));
      index.delete(OLD, List.of(id(0)));
      index.refresh();
      assertThat(index.count(OLD)).isEqualTo(21);
    }
    try (VectorIndex index = reopened()) {
      assertThat(index.count(OLD)).isEqualTo(20);
      assertThat(index.offsets(OLD)).isEqualTo(READ);
      assertThat(find(index, OLD, 0)).isEqualTo(id(0));
      index.upsert(OLD, List.of(entry(20), entry(21)));
      index.commit(FURTHER);
    }
    try (VectorIndex index = reopened()) {
      assertThat(index.count(OLD)).isEqualTo(22);
      assertThat(index.offsets(OLD)).isEqualTo(FURTHER);
    }
  }

  @Test
  void commitsOffsetsThatMovedWithoutVectors() {
    try (VectorIndex index = reopened()) {
      index.create(OLD, DIMENSIONS);
      index.commit(READ);
    }
    try (VectorIndex index = reopened()) {
      assertThat(index.offsets(OLD)).isEqualTo(READ);
    }
  }

  @Test
  void findsAlmostAllThatTheExactIndexFinds() {
    for (boolean quantize : List.of(false, true)) {
      IndexSettings settings = new IndexSettings(null, null, quantize, null, null, null);
      String version = quantize ? NEW : OLD;
      try (VectorIndex index = LuceneIndex.open(other, settings);
          VectorIndex exact = new ExactIndex()) {
        for (VectorIndex each : List.of(index, exact)) {
          each.create(version, DIMENSIONS);
          for (int first = 0; first < 5000; first += 500) {
            each.upsert(
                version, IntStream.range(first, first + 500).mapToObj(Vectors::entry).toList());
            each.refresh();
          }
          each.deleteBefore(version, NOON.plusSeconds(1000));
          each.refresh();
        }
        int found = 0;
        for (int query = 1; query <= 50; query++) {
          List<String> truth = ids(exact, version, query);
          found += (int) ids(index, version, query).stream().filter(truth::contains).count();
        }
        assertThat(found / 500.0).as("recall@10, quantize %s", quantize).isGreaterThan(0.97);
      }
    }
  }

  private static List<String> ids(VectorIndex index, String version, int query) {
    return index.search(version, vector(-query), 10, VectorFilter.ALL).stream()
        .map(hit -> hit.facts().id())
        .toList();
  }

  @Test
  void saysWhatIsDamagedAndServesTheRest() throws IOException {
    try (VectorIndex index = reopened()) {
      for (String version : List.of(OLD, NEW)) {
        index.create(version, DIMENSIONS);
        index.upsert(version, entries(300).toList());
      }
      index.commit(READ);
    }
    damage(largestFile(other.resolve(OLD)));

    try (VectorIndex index = reopened()) {
      IndexVersion damaged = index.versions().get(0);
      assertThat(damaged.dimensions()).isEqualTo(DIMENSIONS);
      assertThat(damaged.fault())
          .startsWith("index appearance@00112233 in " + other.resolve(OLD))
          .contains("checksum failed")
          .endsWith("It cannot be used any more: look for the cause, then ./alcedo index rebuild.");
      assertThatThrownBy(() -> find(index, OLD, 0))
          .isInstanceOf(IndexFaultException.class)
          .hasMessage(damaged.fault());
      assertThatThrownBy(() -> index.upsert(OLD, List.of(entry(0))))
          .isInstanceOf(IndexFaultException.class);
      assertThatThrownBy(() -> index.reopen(OLD)).isInstanceOf(IndexFaultException.class);

      assertThat(index.count(NEW)).isEqualTo(300);
      index.upsert(NEW, List.of(entry(300)));
      assertThatThrownBy(() -> index.commit(FURTHER)).isInstanceOf(IndexFaultException.class);
      assertThat(index.offsets(NEW)).isEqualTo(FURTHER);
      assertThat(find(index, NEW, 300)).isEqualTo(id(300));

      index.drop(OLD);
      index.create(OLD, DIMENSIONS);
      assertThat(index.offsets(OLD)).isEqualTo(Offsets.NONE);
      index.commit(FURTHER);
    }
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    try (VectorIndex index = reopened()) {
      index.create(OLD, DIMENSIONS);
      index.upsert(OLD, entries(300).toList());
      index.commit(READ);
    }
    Files.delete(largestFile(other.resolve(OLD)));
    try (VectorIndex index = reopened()) {
      assertThat(index.versions().get(0).fault())
          .contains("look for the cause, then ./alcedo index rebuild");
    }
  }

  @Test
  void refusesNoVectorWhileItsSizeIsNotKnown() throws IOException {
    try (VectorIndex index = reopened()) {
      index.create(OLD, DIMENSIONS);
    }
    Files.writeString(other.resolve(OLD).resolve("version.properties"), "format=9");
    try (VectorIndex index = reopened()) {
      assertThat(index.versions().get(0).dimensions()).isZero();
      assertThatThrownBy(() -> index.upsert(OLD, List.of(entry(0))))
          .isInstanceOf(IndexFaultException.class)
          .hasMessageContaining("has format 9, expected 1");
      assertThatThrownBy(() -> find(index, OLD, 0)).isInstanceOf(IndexFaultException.class);
    }
  }

  @Test
  void losesNothingCommittedWhenTheDiskIsFull() {
    FullDisk disk = new FullDisk();
    try (VectorIndex index = LuceneIndex.open(other, IndexSettings.DEFAULT, disk)) {
      index.create(OLD, DIMENSIONS);
      index.create(NEW, DIMENSIONS);
      index.upsert(OLD, entries(20).toList());
      index.refresh();
      index.commit(READ);
      index.upsert(OLD, List.of(entry(20)));
      disk.fill(other.resolve(OLD));

      assertThatThrownBy(() -> index.commit(FURTHER))
          .isInstanceOf(IndexFaultException.class)
          .hasMessageContaining("index appearance@00112233 in " + other.resolve(OLD))
          .hasMessageContaining("No space left on device")
          .hasMessageEndingWith("check the disk (room, permissions), then open it again.");
      assertThat(index.offsets(OLD)).isEqualTo(READ);
      assertThat(index.offsets(NEW)).isEqualTo(FURTHER);
      assertThat(find(index, OLD, 3)).as("search goes on").isEqualTo(id(3));
      assertThatThrownBy(() -> index.upsert(OLD, List.of(entry(21))))
          .hasMessageContaining("No space left on device");
      index.refresh();

      disk.makeRoom();
      index.reopen(OLD);
      assertThat(index.count(OLD)).isEqualTo(20);
      index.upsert(OLD, List.of(entry(20)));
      index.commit(FURTHER);
      assertThat(index.offsets(OLD)).isEqualTo(FURTHER);
      assertThat(find(index, OLD, 20)).isEqualTo(id(20));
    }
  }

  @Test
  void isOpenInOneProcessOnly() {
    try (VectorIndex first = reopened()) {
      first.create(OLD, DIMENSIONS);
      try (VectorIndex second = reopened()) {
        assertThat(second.versions().get(0).fault())
            .endsWith("Another process has it open: stop that, or give this one its own folder.");
      }
      first.upsert(OLD, entries(3).toList());
      first.commit(READ);
    }
  }

  @Test
  void passesOverVersionsThatWereNeverFinished() throws IOException {
    Files.createDirectories(other.resolve(OLD).resolve("lucene"));
    Files.writeString(other.resolve(OLD).resolve("lucene/write.lock"), "");
    try (VectorIndex index = reopened()) {
      assertThat(index.versions()).isEmpty();
      index.create(OLD, DIMENSIONS);
      assertThat(index.count(OLD)).isZero();
    }
  }

  private VectorIndex reopened() {
    return LuceneIndex.open(other, IndexSettings.DEFAULT);
  }

  private static String find(VectorIndex index, String version, int number) {
    index.refresh();
    return index.search(version, vector(number), 1, VectorFilter.ALL).get(0).facts().id();
  }

  private static Path largestFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] noise = new byte[16];
    new Random(3).nextBytes(noise);
    System.arraycopy(noise, 0, bytes, bytes.length / 2, noise.length);
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }
}
