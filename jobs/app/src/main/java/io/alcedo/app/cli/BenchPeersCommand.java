package io.alcedo.app.cli;

import io.alcedo.app.bench.Duel;
import io.alcedo.app.bench.PeerComparison;
import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares this project's exports with torchvision's. */
@Command(
    name = "peers",
    description = {
      "Exports beside torchvision's own of the same weights: same results, and speed.",
      "Both run in this process, in turns, with the same options. Ours pastes its masks",
      "outside the graph; that time is counted. Exits with 1 if results differ."
    })
final class BenchPeersCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--peers",
      required = true,
      paramLabel = "DIR",
      description = "torchvision's exports: maskrcnn_small_480x640, resnet18_224.")
  private Path peers;

  @Option(
      names = "--golden",
      required = true,
      paramLabel = "DIR",
      description = "The weights: maskrcnn_small, resnet18.")
  private Path golden;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--rounds", defaultValue = "8", description = "${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--block",
      defaultValue = "3s",
      description = "Time of one turn (${DEFAULT-VALUE}).")
  private Duration block;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || threads < 1) {
      throw new InvalidInputException("--rounds and --threads must be 1 or more");
    }
    Path work = Files.createTempDirectory("alcedo-peers");
    try {
      Duel duel = new Duel(rounds, block);
      boolean same =
          new PeerComparison(peers, golden, threads, duel, spec.commandLine().getOut()).run(work);
      return same ? 0 : 1;
    } finally {
      delete(work);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }
}
