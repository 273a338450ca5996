package io.alcedo.app.cli;

import io.alcedo.app.models.ModelFacts;
import io.alcedo.app.models.ModelShelf;
import io.alcedo.training.pretrained.PublishedCheckpoint;
import io.alcedo.training.pretrained.PublishedCheckpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists models. */
@Command(
    name = "list",
    description = "List the bundled models, those of this machine, and those that can be pulled.")
final class ModelsListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ModelsCommand.OUTPUT,
      description = "Where models of this machine are (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ModelShelf shelf = ModelShelf.with(output);
    out.println("Bundled:");
    print(out, shelf.bundledFolders());
    out.printf("In %s:%n", output);
    print(out, shelf.localFolders());
    out.println("To pull:");
    for (PublishedCheckpoint checkpoint : PublishedCheckpoints.all().values()) {
      String size =
          checkpoint.megabytes() == 0
              ? ""
              : String.format(Locale.ROOT, "%.1f MB", checkpoint.megabytes());
      out.printf(
          "  %-28s %9s  %-36s %s%n",
          checkpoint.name(), size, checkpoint.quality(), checkpoint.licence());
    }
    return 0;
  }

  private static void print(PrintWriter out, List<Path> folders) throws IOException {
    if (folders.isEmpty()) {
      out.println("  none");
    }
    for (Path folder : folders) {
      out.println("  " + ModelFacts.read(folder).line());
    }
  }
}
