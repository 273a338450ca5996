package io.alcedo.connectors.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
  private static final String ID = "gate/01JDEMO/17#0";

  @TempDir Path folder;
  private PictureStore store;

  @BeforeEach
  void open() {
    store = new PictureStore(folder.toUri());
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    assertThat(store.find(ID)).isEmpty();
    store.put(ID, new byte[] {1, 2});
    store.put(ID, new byte[] {3});

    assertThat(store.find(ID)).hasValue(new byte[] {1, 2});
    assertThat(Path.of(store.uri(ID))).hasBinaryContent(new byte[] {1, 2});
    assertThat(files()).isEqualTo(1);
    store.delete(ID);
    assertThat(store.find(ID)).isEmpty();
    store.delete(ID);
  }

  @Test
  void listsTheNewestFirst() throws IOException {
    assertThat(store.newestFirst()).isEmpty();
    put("gate/A/1#0", 1, Duration.ofDays(2));
    put(ID, 1, Duration.ofDays(1));
    put("yard_2/B-C.d/3#11", 1, Duration.ofDays(3));

    assertThat(store.newestFirst()).containsExactly(ID, "gate/A/1#0", "yard_2/B-C.d/3#11");
  }

  @Test
  void takesAwayWhatIsOld() throws IOException {
    put("old", 10, Duration.ofDays(8));
    put("new", 10, Duration.ofDays(6));

    assertThat(store.sweep(Duration.ofDays(7), null, NOW)).isEqualTo(new PictureStore.Swept(1, 10));
    assertThat(store.find("old")).isEmpty();
    assertThat(store.find("new")).isPresent();
  }

  @Test
  void takesTheOldestAwayWhereThereAreTooMany() throws IOException {
    put("first", 60, Duration.ofMinutes(3));
    put("second", 30, Duration.ofMinutes(2));
    put("third", 30, Duration.ofMinutes(1));

    assertThat(store.sweep(null, 60L, NOW)).isEqualTo(new PictureStore.Swept(1, 60));
    assertThat(store.sweep(null, 59L, NOW)).isEqualTo(new PictureStore.Swept(1, 30));
    assertThat(store.find("third")).isPresent();
    assertThat(store.sweep(null, null, NOW).files()).isZero();
  }

  @Test
  void sweepsWhatIsNotThereYet() throws IOException {
    assertThat(new PictureStore(folder.resolve("none").toUri()).sweep(Duration.ofDays(1), 1L, NOW))
        .isEqualTo(new PictureStore.Swept(0, 0));
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(() -> new PictureStore(file.toUri()).put(ID, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file");
  }

  private void put(String id, int bytes, Duration age) throws IOException {
    store.put(id, new byte[bytes]);
    Files.setLastModifiedTime(Path.of(store.uri(id)), FileTime.from(NOW.minus(age)));
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
