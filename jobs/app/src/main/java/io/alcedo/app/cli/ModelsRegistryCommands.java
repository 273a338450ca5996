package io.alcedo.app.cli;

import io.alcedo.app.models.ModelShelf;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.registry.Deployment;
import io.alcedo.connectors.registry.Deployment.Turn;
import io.alcedo.connectors.registry.ModelRegistry;
import io.alcedo.connectors.registry.Role;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people do with a pipeline's registry: one class for each command. */
final class ModelsRegistryCommands {
  private static final Clock CLOCK = Clock.systemUTC();

  private ModelsRegistryCommands() {}

  private static Turn turn(String version, String reason) {
    return new Turn(version, CLOCK.instant(), System.getProperty("user.name", "unknown"), reason);
  }

  private static Deployment current(ModelRegistry registry, Role role) {
    return registry
        .deployment(role)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "no %s was ever deployed. Begin with models promote.".formatted(role.code())));
  }

  private static void print(CommandSpec spec, String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Makes a model known to the pipeline. */
  @Command(name = "publish", description = "Put a model into the registry; it does not serve yet.")
  static final class Publish implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RegistryOption registry;

    @Parameters(paramLabel = "MODEL", description = "Its folder, or its name as in models list.")
    private String model;

    @Override
    public Integer call() throws IOException {
      Path folder = ModelShelf.with(Path.of(ModelsCommand.OUTPUT)).find(model);
      ModelDirectory directory = ModelDirectory.open(folder);
      registry.open().publish(directory.manifest(), directory.weights());
      print(spec, "published " + directory.manifest().version());
      return 0;
    }
  }

  /** Lets a version serve. */
  @Command(
      name = "promote",
      description = "Let a published version serve: running stages take it over.")
  static final class Promote implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RegistryOption registry;

    @Parameters(paramLabel = "VERSION", description = "As in appearance@3f2a91c0.")
    private String version;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "promoted by hand")
    private String reason;

    @Override
    public Integer call() throws IOException {
      ModelRegistry open = registry.open();
      Role role = Role.of(open.version(version).task());
      Deployment now = open.deploy(role, turn(version, reason));
      print(spec, role.code() + ": " + now.current().version());
      return 0;
    }
  }

  /** Lets the version before serve again. */
  @Command(name = "rollback", description = "Let the version that served before serve again.")
  static final class Rollback implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RegistryOption registry;

    @Parameters(paramLabel = "ROLE", description = "detector, classifier or encoder.")
    private String role;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "rolled back by hand")
    private String reason;

    @Override
    public Integer call() throws IOException {
      ModelRegistry open = registry.open();
      Deployment now = current(open, Role.ofCode(role));
      Turn before = now.previous();
      if (before == null) {
        throw new InvalidInputException(
            "no version served before %s, there is nothing to go back to"
                .formatted(now.current().version()));
      }
      Deployment after = open.deploy(now.role(), turn(before.version(), reason));
      print(spec, role + ": " + after.current().version());
      return 0;
    }
  }

  /** Shows which versions served. */
  @Command(name = "history", description = "Which versions served in a role, the newest first.")
  static final class History implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private RegistryOption registry;

    @Parameters(paramLabel = "ROLE", description = "detector, classifier or encoder.")
    private String role;

    @Override
    public Integer call() {
      Deployment now = current(registry.open(), Role.ofCode(role));
      print(spec, line(now.current()));
      now.past().forEach(turn -> print(spec, line(turn)));
      return 0;
    }

    private static String line(Turn turn) {
      return "%s  %-28s %s: %s"
          .formatted(turn.effectiveFrom(), turn.version(), turn.by(), turn.reason());
    }
  }
}
