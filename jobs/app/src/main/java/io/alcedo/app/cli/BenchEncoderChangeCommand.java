package io.alcedo.app.cli;

import io.alcedo.app.bench.index.EncoderChangeBench;
import io.alcedo.app.local.FirstEncoder;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.jobs.LearnerBlock;
import io.alcedo.operators.continual.learn.ContinualConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a search sees of a change of encoder. */
@Command(
    name = "encoder-change",
    description = {
      "Recall and availability of the embedding index while its encoder changes: a broker, a registry,",
      "crops that keep coming, and a thread that searches all the time."
    })
final class BenchEncoderChangeCommand implements Callable<Integer> {
  private static final String UNTRAINED =
      "{network: {depth: 10, width: 0.25, norm: group, head: {kind: mlp, dim: 64}, embedding: head, canvasWidth: 32, canvasHeight: 64}}";

  @Spec private CommandSpec spec;

  @Option(
      names = "--next",
      paramLabel = "DIR",
      description =
          "The encoder that takes over from the bundled one; default: a small one with its first weights.")
  private Path next;

  @Option(
      names = "--crops",
      paramLabel = "N",
      defaultValue = "3000",
      description = "That are there before (${DEFAULT-VALUE}).")
  private int crops;

  @Option(
      names = "--rate",
      defaultValue = "10",
      description = "Crops that keep coming in a second (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--remade",
      defaultValue = "50",
      description =
          "Most crops of the past that are embedded again in a second (${DEFAULT-VALUE}).")
  private int remade;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/bench-encoder-change",
      description = "Receives change.csv and change.png (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path other = next == null ? untrained(output.resolve("untrained")) : next;
    new EncoderChangeBench(
            new EncoderChangeBench.Options(
                BundledModel.encoder(), other, crops, rate, remade, output),
            spec.commandLine().getOut())
        .run();
    return 0;
  }

  private static Path untrained(Path directory) throws IOException {
    ContinualConfig config = YamlReader.parse(UNTRAINED, "bench", LearnerBlock.class).config();
    var unused = FirstEncoder.write(config, directory);
    return directory;
  }
}
