package io.alcedo.app.cli;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.train.ClassifierTraining;
import io.alcedo.training.train.DetectorTraining;
import io.alcedo.training.train.MocoTraining;
import io.alcedo.training.train.RunComparison;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains networks. */
@Command(name = "train", description = "Train a network.")
final class TrainCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** What all trainings are told. */
  static final class Run {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "YAML with data, network and schedule.")
    private Path config;

    @Option(
        names = "--output",
        paramLabel = "DIR",
        defaultValue = "out/train",
        description = "Where checkpoints, curves and the model go (${DEFAULT-VALUE}).")
    private Path output;

    @Option(names = "--resume", description = "Go on from the checkpoint in DIR.")
    private boolean resume;

    private int with(Training training) {
      try {
        training.run(config, output, resume, System.out);
        return 0;
      } catch (IOException e) {
        throw new InvalidInputException("%s: cannot be written (%s)".formatted(output, e), e);
      }
    }
  }

  /** A training of a kind of network. */
  private interface Training {
    void run(Path config, Path output, boolean resume, PrintStream out) throws IOException;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which network? See below.");
  }

  @Command(name = "resnet", description = "Train a classifier and export it to ONNX.")
  int resnet(@Mixin Run run) {
    return run.with(ClassifierTraining::run);
  }

  @Command(name = "faster-rcnn", description = "Train a Faster R-CNN and export it to ONNX.")
  int fasterRcnn(@Mixin Run run) {
    return run.with(
        (config, output, resume, out) -> DetectorTraining.run(false, config, output, resume, out));
  }

  @Command(name = "mask-rcnn", description = "Train a Mask R-CNN and export it to ONNX.")
  int maskRcnn(@Mixin Run run) {
    return run.with(
        (config, output, resume, out) -> DetectorTraining.run(true, config, output, resume, out));
  }

  @Command(
      name = "moco",
      description = "Train an encoder without labels, by momentum contrast, and export it to ONNX.")
  int moco(@Mixin Run run) {
    return run.with(MocoTraining::run);
  }

  @Command(
      name = "curves",
      description = "Draw the training and validation errors of several classifiers.")
  int curves(
      @Option(
              names = "--run",
              required = true,
              paramLabel = "NAME=DIR",
              description = "A training's output folder; once for each.")
          Map<String, Path> runs,
      @Option(
              names = "--output",
              paramLabel = "FILE",
              defaultValue = "out/curves.png",
              description = "The picture (${DEFAULT-VALUE}).")
          Path output) {
    try {
      RunComparison.write(runs, output);
      return 0;
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written (%s)".formatted(output, e), e);
    }
  }
}
