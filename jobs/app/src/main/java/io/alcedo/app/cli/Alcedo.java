package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.pretrained.DownloadException;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or input. */
@Command(
    name = "alcedo",
    mixinStandardHelpOptions = true,
    version = "Alcedo 0.1.0",
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    description = "Streaming vision: cameras in, detections and alerts out.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage or input"},
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      TrainCommand.class,
      EvalCommand.class,
      ModelsCommand.class,
      RulesCommand.class,
      AlertsCommand.class,
      CamerasCommand.class,
      ReplayCommand.class,
      CropsCommand.class,
      SearchCommand.class,
      IndexCommand.class,
      BenchCommand.class
    })
public final class Alcedo implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean verbose;

  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    // Native and Flink threads that are not daemons must not keep a finished command alive.
    System.exit(code);
  }

  /** The command line with its error handling, for {@code main} and for tests. */
  public static CommandLine commandLine() {
    Alcedo alcedo = new Alcedo();
    return new CommandLine(alcedo)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, new DurationOption())
        .setExecutionStrategy(Alcedo::execute)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              report(failure, command, alcedo.verbose);
              return failure instanceof InvalidInputException ? 2 : 1;
            });
  }

  private static int execute(ParseResult parsed) {
    try {
      FlinkPlugins.load(System.getenv());
    } catch (InvalidInputException e) {
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
    return new RunLast().execute(parsed);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: see below.");
  }

  private static void report(Exception failure, CommandLine command, boolean verbose) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println(command.getColorScheme().errorText("alcedo: " + message));
    if (verbose) {
      failure.printStackTrace(command.getErr());
    } else if (!(failure instanceof InvalidInputException
        || failure instanceof DownloadException)) {
      command.getErr().println("Add --verbose for the stack trace; the log is out/alcedo.log.");
    }
  }
}
