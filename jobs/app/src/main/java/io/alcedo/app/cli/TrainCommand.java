package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.train.DetectorTraining;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains networks. */
@Command(name = "train", description = "Train a network.")
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which network? See below.");
  }

  @Command(name = "mask-rcnn", description = "Train a Mask R-CNN and export it to ONNX.")
  int maskRcnn(
      @Option(
              names = "--config",
              required = true,
              paramLabel = "FILE",
              description = "YAML with data, network and schedule.")
          Path config,
      @Option(
              names = "--output",
              paramLabel = "DIR",
              defaultValue = "out/train",
              description = "Where checkpoints, curves and the model go (${DEFAULT-VALUE}).")
          Path output,
      @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
          boolean resume) {
    try {
      DetectorTraining.run(config, output, resume, System.out);
      return 0;
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written (%s)".formatted(output, e), e);
    }
  }
}
