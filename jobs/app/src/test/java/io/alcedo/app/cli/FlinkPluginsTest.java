package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkPluginsTest {
  @TempDir Path folder;

  @AfterEach
  void forget() {
    FileSystem.initialize(new Configuration(), null);
  }

  @Test
  void takesFlinksConfiguration() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), "fs.default-scheme: hdfs://name:9000\n");
    FlinkPlugins.load(Map.of("FLINK_CONF_DIR", folder.toString()));

    assertThat(FileSystem.getDefaultFsUri()).hasScheme("hdfs");
  }

  @Test
  void doesNothingUnlessTold() {
    assertThatCode(() -> FlinkPlugins.load(Map.of("PATH", "/bin"))).doesNotThrowAnyException();
  }

  @Test
  void saysWhichFolderIsNone() {
    String none = folder.resolve("none").toString();
    assertThatThrownBy(() -> FlinkPlugins.load(Map.of("FLINK_PLUGINS_DIR", none)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "FLINK_PLUGINS_DIR is '%s', which is no folder. Name".formatted(none));
    assertThatThrownBy(() -> FlinkPlugins.load(Map.of("FLINK_CONF_DIR", none)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("FLINK_CONF_DIR is '%s', whose config.yaml".formatted(none))
        .hasMessageContaining("Name a folder with Flink's config.yaml");
  }
}
