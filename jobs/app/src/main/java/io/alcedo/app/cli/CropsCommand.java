package io.alcedo.app.cli;

import io.alcedo.app.crops.CropFolder;
import io.alcedo.app.crops.CropsConfig;
import io.alcedo.connectors.config.YamlReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the pictures from which an encoder learns. */
@Command(
    name = "crops",
    description = {
      "Cut people out of videos, simulated scenes and labelled pictures, for train moco and eval:",
      "a folder for each person, a JPEG for each picture."
    })
final class CropsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "YAML with sources.")
  private Path config;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      converter = ModelFolder.class,
      description = "Looks where there is no ground truth; default: the bundled detector.")
  private Path model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Receives the folders.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    CropsConfig crops = YamlReader.read(config, CropsConfig.class);
    Path base = config.toAbsolutePath().getParent();
    new CropFolder(crops, base, BundledModel.orDefault(model))
        .write(
            output,
            (source, count, identities) -> {
              out.println("%s: %d crops of %d".formatted(source, count, identities));
              out.flush();
            });
    return 0;
  }
}
