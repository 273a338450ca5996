package io.alcedo.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures results against the truth. */
@Command(
    name = "eval",
    description = "Measure results against ground truth.",
    subcommands = {
      EvalModelCommand.class,
      EvalDetectCommand.class,
      EvalTrackCommand.class,
      EvalRulesCommand.class,
      EvalClassifyCommand.class,
      EvalEncoderCommand.class,
      EvalRetrievalCommand.class
    })
final class EvalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which measure? See below.");
  }
}
