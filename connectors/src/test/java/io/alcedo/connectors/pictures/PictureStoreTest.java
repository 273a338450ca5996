package io.alcedo.connectors.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on files of this machine, and what is particular to them. */
class PictureStoreTest extends PictureStoreContract {
  @TempDir Path folder;

  @Override
  protected URI root() {
    return URI.create("file://" + folder);
  }

  @Override
  protected Path folder() {
    return folder;
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");

    assertThatThrownBy(() -> new PictureStore(file.toUri()).put(ID, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file");
  }

  @Test
  void saysWhatCannotBeRead() throws IOException {
    Files.createDirectories(Path.of(store().uri(ID)));

    assertThatThrownBy(() -> store().find(ID)).isInstanceOf(IOException.class);
  }

  @Test
  void leavesNoObjectThatWasCutShort() throws IOException {
    FileSystem.initialize(new Configuration(), FullBuffer.PLUGIN);
    try {
      PictureStore full = new PictureStore(URI.create("s3p://bucket" + folder));

      assertThatThrownBy(() -> full.put(ID, new byte[] {1, 2}))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is full");
      assertThat(full.find(ID)).isEmpty();
      assertThat(files()).isZero();
    } finally {
      FileSystem.initialize(new Configuration(), null);
    }
  }

  @Test
  void refusesAStoreWithoutAFileSystem() {
    PictureStore nowhere = new PictureStore(URI.create("s3://bucket/crops"));

    assertThat(store().requireFileSystem("index.crops.store")).isEqualTo(store());
    assertThatThrownBy(() -> nowhere.requireFileSystem("index.crops.store"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "index.crops.store is 's3://bucket/crops', but no file system for s3: is loaded")
        .hasMessageContaining("FLINK_PLUGINS_DIR");
    assertThatThrownBy(
            () -> new PictureStore(URI.create("file://host/crops")).requireFileSystem("a.store"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a.store is 'file://host/crops', whose file system cannot be opened");
  }
}
