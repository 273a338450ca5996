package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.train.ClassifierTraining;
import io.alcedo.training.train.DetectorTraining;
import io.alcedo.training.train.MocoTraining;
import io.alcedo.training.train.TrainingBenchmark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the speed of training. */
@Command(
    name = "train",
    description =
        "Pictures a second of a training, beside a loop of nothing but forward, backward and SGD.")
final class BenchTrainCommand implements Callable<Integer> {
  /** Which training. */
  enum Network {
    RESNET,
    FASTER_RCNN,
    MASK_RCNN,
    MOCO;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Parameters(paramLabel = "NETWORK", description = "One of ${COMPLETION-CANDIDATES}.")
  private Network network;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "YAML of a training.")
  private Path config;

  @Option(
      names = "--blocks",
      defaultValue = "6",
      description = "Turns of each, of which the first is not counted (${DEFAULT-VALUE}).")
  private int blocks;

  @Option(names = "--steps", defaultValue = "10", description = "Of a turn (${DEFAULT-VALUE}).")
  private int steps;

  @Override
  public Integer call() throws IOException {
    if (blocks < 2 || steps < 1) {
      throw new InvalidInputException("--blocks must be 2 or more, --steps 1 or more");
    }
    Path folder = Files.createTempDirectory("alcedo-bench");
    try {
      run(folder, new TrainingBenchmark(blocks, steps), System.out);
      return 0;
    } finally {
      Files.deleteIfExists(folder.resolve("log.csv"));
      Files.deleteIfExists(folder);
    }
  }

  private void run(Path folder, TrainingBenchmark benchmark, PrintStream out) throws IOException {
    switch (network) {
      case RESNET -> ClassifierTraining.bench(config, folder, benchmark, out);
      case FASTER_RCNN -> DetectorTraining.bench(false, config, folder, benchmark, out);
      case MASK_RCNN -> DetectorTraining.bench(true, config, folder, benchmark, out);
      case MOCO -> MocoTraining.bench(config, folder, benchmark, out);
    }
  }
}
