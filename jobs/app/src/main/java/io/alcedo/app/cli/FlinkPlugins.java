package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;

/**
 * File systems that are not on the class path, such as S3's: Flink's plugins, found and configured
 * by the variables of Flink's own commands.
 */
final class FlinkPlugins {
  private static final String PLUGINS = "FLINK_PLUGINS_DIR";
  private static final String CONFIGURATION = "FLINK_CONF_DIR";

  private FlinkPlugins() {}

  /**
   * Loads them, if one of the variables is set. Without FLINK_PLUGINS_DIR Flink looks into the
   * working directory's {@code plugins}.
   *
   * @param environment of this process, which Flink reads for itself
   * @throws InvalidInputException if a folder is not there, or the configuration cannot be read
   */
  static void load(Map<String, String> environment) {
    String plugins = environment.get(PLUGINS);
    String folder = environment.get(CONFIGURATION);
    if (plugins == null && folder == null) {
      return;
    }
    if (plugins != null && !Files.isDirectory(Path.of(plugins))) {
      throw new InvalidInputException(
          "%s is '%s', which is no folder. Name the folder that holds one folder for each plugin, or leave the variable out."
              .formatted(PLUGINS, plugins));
    }
    Configuration configuration = folder == null ? new Configuration() : read(folder);
    FileSystem.initialize(
        configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
  }

  private static Configuration read(String folder) {
    try {
      return GlobalConfiguration.loadConfiguration(folder);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "%s is '%s', whose config.yaml cannot be read (%s). Name a folder with Flink's config.yaml, or leave the variable out."
              .formatted(CONFIGURATION, folder, e.getMessage()),
          e);
    }
  }
}
