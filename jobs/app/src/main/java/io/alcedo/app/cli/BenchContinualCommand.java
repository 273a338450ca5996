package io.alcedo.app.cli;

import io.alcedo.app.bench.continual.ContinualBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures whether learning in the stream helps. */
@Command(
    name = "continual",
    description = {
      "Ways of learning from a stream beside each other: not at all, without a memory, and with",
      "each kind of memory. Judged by finding people again; tables and curves go into the output,",
      "arms that are in its tables are not run again."
    })
final class BenchContinualCommand implements Callable<Integer> {
  private static final int BLOCKS = 7;
  private static final int STEPS = 20;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "YAML of the comparison.")
  private Path config;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Receives validation.txt, .csv and .png, crops and encoders.")
  private Path output;

  @Option(
      names = "--test",
      description = "Look at the test's people with the encoders that are in the output.")
  private boolean test;

  @Option(names = "--time", description = "Instead: time updates beside a bare loop of libtorch.")
  private boolean time;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      converter = ModelFolder.class,
      description = "Finds the stream's people; default: the bundled detector.")
  private Path model;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ContinualBench bench = new ContinualBench(config, BundledModel.orDefault(model), output, out);
    if (time) {
      bench.time(BLOCKS, STEPS);
    } else if (test) {
      bench.test();
    } else {
      bench.run();
    }
    return 0;
  }
}
