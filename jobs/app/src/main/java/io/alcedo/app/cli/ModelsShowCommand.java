package io.alcedo.app.cli;

import io.alcedo.app.models.ModelFacts;
import io.alcedo.app.models.ModelShelf;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what is known of a model. */
@Command(
    name = "show",
    description = "Show a model: manifest, inputs and outputs, parameters, GFLOPs, origin.")
final class ModelsShowCommand implements Callable<Integer> {
  private static final String CARD = "README.md";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      defaultValue = "person-detector",
      description = "Its folder, or its name as in models list (${DEFAULT-VALUE}).")
  private String model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ModelsCommand.OUTPUT,
      description = "Where models of this machine are (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException {
    Path folder = ModelShelf.with(output).find(model);
    ModelFacts facts = ModelFacts.read(folder);
    if (facts.manifest() == null && facts.origin() == null) {
      throw new InvalidInputException(
          "%s: is no model: it has neither a manifest.json nor an import.json.".formatted(folder));
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(facts.version());
    facts.details().forEach((heading, text) -> out.printf("  %-14s %s%n", heading, text));
    if (Files.exists(folder.resolve(CARD))) {
      out.printf("  %-14s %s%n", "card", folder.resolve(CARD));
    }
    return 0;
  }
}
