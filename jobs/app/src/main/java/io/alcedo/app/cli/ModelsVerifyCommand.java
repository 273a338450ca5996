package io.alcedo.app.cli;

import io.alcedo.app.models.ModelShelf;
import io.alcedo.app.models.TrialProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks that a model can be served. */
@Command(
    name = "verify",
    description = {
      "Check a model: SHA-256, manifest, graph, results on noise, black and a scene,",
      "alone and in a batch; no warning of ONNX Runtime. Exits with 2 at a fault."
    })
final class ModelsVerifyCommand implements Callable<Integer> {
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
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    TrialProcess.run(ModelShelf.with(output).find(model), out);
    out.flush();
    return 0;
  }
}
