package io.alcedo.app.cli;

import io.alcedo.app.bench.BenchPictures;
import io.alcedo.app.bench.Contender;
import io.alcedo.app.bench.Duel;
import io.alcedo.app.bench.DuelReport;
import io.alcedo.app.bench.GraphContender;
import io.alcedo.app.bench.ModelContender;
import io.alcedo.app.models.ModelShelf;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.ModelDirectory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares the speed of models. */
@Command(
    name = "bench",
    description = {
      "Frames a second of models in one run, in turns, and their ratio to the first.",
      "Decoding and placing pictures is not measured, nor pasting of masks."
    })
final class ModelsBenchCommand implements Callable<Integer> {
  private static final Pattern CANVAS = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
  private static final int PICTURES = 16;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = "Folders or names as in models list; or .onnx files of another convention.")
  private List<String> models;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "Its first frames are looked at (else simulated scenes).")
  private Path video;

  @Option(names = "--batch", defaultValue = "1", description = "${DEFAULT-VALUE}")
  private int batch;

  @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
  private int threads;

  @Option(names = "--seconds", defaultValue = "3", description = "Of one turn (${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Turns of each model (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--device", defaultValue = "cpu", description = "${DEFAULT-VALUE}")
  private String device;

  @Option(
      names = "--canvas",
      defaultValue = "640x480",
      paramLabel = "WxH",
      description = "For .onnx files that leave the size open (${DEFAULT-VALUE}).")
  private String canvas;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = ModelsCommand.OUTPUT,
      description = "Where models of this machine are (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() {
    if (batch < 1 || threads < 1 || rounds < 1 || !(seconds > 0)) {
      throw new InvalidInputException(
          "--batch, --threads and --rounds must be 1 or more, --seconds more than 0");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (BenchPictures pictures =
        video == null
            ? BenchPictures.simulated(PICTURES)
            : BenchPictures.ofVideo(video, PICTURES)) {
      List<Contender> contenders = new ArrayList<>();
      for (String model : models) {
        contenders.add(contender(model, pictures));
      }
      out.printf("batch of %d, %d threads, %s%n", batch, threads, device);
      out.flush();
      Duel duel = new Duel(rounds, Duration.ofMillis((long) (1000 * seconds)));
      new DuelReport(contenders, duel.run(contenders)).write(out);
    }
    return 0;
  }

  private Contender contender(String model, BenchPictures pictures) {
    Path path = ModelShelf.with(output).find(model);
    if (!Files.isDirectory(path)) {
      Matcher size = CANVAS.matcher(canvas);
      if (!size.matches()) {
        throw new InvalidInputException(
            "--canvas is '%s', expected width x height as in 640x480".formatted(canvas));
      }
      int width = Integer.parseInt(size.group(1));
      int height = Integer.parseInt(size.group(2));
      return new GraphContender(path, pictures, batch, width, height, threads);
    }
    EngineOptions options = new EngineOptions(Device.parse(device), threads, true);
    return new ModelContender(ModelDirectory.open(path), pictures, batch, options);
  }
}
