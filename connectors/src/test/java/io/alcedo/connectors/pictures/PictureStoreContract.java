package io.alcedo.connectors.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a store of pictures promises on every file system. */
public abstract class PictureStoreContract {
  protected static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
  protected static final String ID = "gate/01JDEMO/17#0";
  private static final int RACES = 50;

  /** Where the store is; nothing is in it yet, for each test. */
  protected abstract URI root();

  /** The folder of this machine in which the files of {@link #root} lie. */
  protected abstract Path folder();

  protected PictureStore store() {
    return new PictureStore(root());
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    PictureStore store = store();
    assertThat(store.find(ID)).isEmpty();
    store.put(ID, new byte[] {1, 2});
    store.put(ID, new byte[] {3});

    assertThat(store.find(ID)).hasValue(new byte[] {1, 2});
    assertThat(file(ID)).hasBinaryContent(new byte[] {1, 2});
    assertThat(files()).isEqualTo(1);
    store.delete(ID);
    assertThat(store.find(ID)).isEmpty();
    store.delete(ID);
  }

  @Test
  void holdsLargePictures() throws IOException {
    byte[] large = new byte[7_000_001];
    Arrays.fill(large, (byte) 7);
    store().put(ID, large);

    assertThat(store().find(ID)).hasValue(large);
  }

  /** Each id by two who know nothing of each other, at the same moment. */
  @Test
  void holdsWhatTwoPutAtOnce() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(2);
    try {
      for (int id = 0; id < RACES; id++) {
        byte[] jpeg = new byte[100_000];
        Arrays.fill(jpeg, (byte) id);
        String name = ID + id;
        Callable<Void> put =
            () -> {
              store().put(name, jpeg);
              assertThat(store().find(name)).hasValue(jpeg);
              return null;
            };
        for (Future<Void> done : writers.invokeAll(List.of(put, put))) {
          done.get();
        }
        assertThat(store().find(name)).hasValue(jpeg);
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(files()).isEqualTo(RACES);
  }

  @Test
  void listsTheNewestFirst() throws IOException {
    assertThat(store().newestFirst()).isEmpty();
    put("gate/A/1#0", 1, Duration.ofDays(2));
    put(ID, 1, Duration.ofDays(1));
    put("yard_2/B-C.d/3#11", 1, Duration.ofDays(3));

    assertThat(store().newestFirst()).containsExactly(ID, "gate/A/1#0", "yard_2/B-C.d/3#11");
  }

  @Test
  void takesAwayWhatIsOld() throws IOException {
    put("old", 10, Duration.ofDays(8));
    put("new", 10, Duration.ofDays(6));

    assertThat(store().sweep(Duration.ofDays(7), null, NOW))
        .isEqualTo(new PictureStore.Swept(1, 10));
    assertThat(store().find("old")).isEmpty();
    assertThat(store().find("new")).isPresent();
  }

  @Test
  void takesTheOldestAwayWhereThereAreTooMany() throws IOException {
    put("first", 60, Duration.ofMinutes(3));
    put("second", 30, Duration.ofMinutes(2));
    put("third", 30, Duration.ofMinutes(1));

    assertThat(store().sweep(null, 60L, NOW)).isEqualTo(new PictureStore.Swept(1, 60));
    assertThat(store().sweep(null, 59L, NOW)).isEqualTo(new PictureStore.Swept(1, 30));
    assertThat(store().find("third")).isPresent();
    assertThat(store().sweep(null, null, NOW).files()).isZero();
    assertThat(store().sweep(null, 0L, NOW)).isEqualTo(new PictureStore.Swept(1, 30));
    assertThat(store().sweep(null, 0L, NOW)).isEqualTo(new PictureStore.Swept(0, 0));
  }

  @Test
  void sweepsWhatIsNotThereYet() throws IOException {
    PictureStore none = new PictureStore(URI.create(root() + "/none"));
    assertThat(none.sweep(Duration.ofDays(1), 1L, NOW)).isEqualTo(new PictureStore.Swept(0, 0));
  }

  private void put(String id, int bytes, Duration age) throws IOException {
    store().put(id, new byte[bytes]);
    Files.setLastModifiedTime(file(id), FileTime.from(NOW.minus(age)));
  }

  private Path file(String id) {
    return folder().resolve(store().uri(id).getPath().substring(root().getPath().length() + 1));
  }

  /** How many there are, of any kind. */
  protected final long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder())) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
