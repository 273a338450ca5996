package io.alcedo.app.cli;

import io.alcedo.app.bench.StagesBench;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.camera.VideoSource;
import io.alcedo.connectors.camera.VideoSource.Picture;
import io.alcedo.connectors.camera.VideoSources;
import io.alcedo.operators.stream.inference.Device;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.inference.FrameBatch;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.operators.stream.inference.OnnxDetector;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures speed. */
@Command(
    name = "bench",
    description = "Measure speed.",
    subcommands = {
      BenchPeersCommand.class,
      BenchTrainCommand.class,
      BenchContinualCommand.class,
      BenchAlertsCommand.class,
      BenchIndexCommand.class,
      BenchEncoderChangeCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What? See below.");
  }

  @Command(name = "model", description = "Frames a second of a detector alone, without decoding.")
  int model(
      @Option(names = "--model", paramLabel = "DIR", description = "Default: the bundled detector.")
          Path model,
      @Option(names = "--video", required = true, paramLabel = "FILE") Path video,
      @Option(names = "--frames", defaultValue = "200", description = "${DEFAULT-VALUE}")
          int frames,
      @Option(names = "--batch", defaultValue = "1", description = "${DEFAULT-VALUE}") int size,
      @Option(
              names = "--threads",
              defaultValue = "2",
              description = "Of one inference (${DEFAULT-VALUE}).")
          int threads,
      @Option(names = "--device", defaultValue = "cpu", description = "${DEFAULT-VALUE}")
          String device) {
    if (frames < 1 || size < 1) {
      throw new InvalidInputException("--frames and --batch must be 1 or more");
    }
    ModelDirectory directory = ModelDirectory.open(BundledModel.orDefault(model));
    EngineOptions options = new EngineOptions(Device.parse(device), threads, true);
    int runs = (frames + size - 1) / size;
    double[] millis = new double[runs];
    long objects = 0;
    try (OnnxDetector detector = OnnxDetector.open(directory, options, threads, size);
        FrameBatch batch = detector.newBatch(size);
        Video pictures = new Video(video)) {
      for (int run = -runs / 4; run < runs; run++) { // the first quarter warms up
        for (int slot = 0; slot < size; slot++) {
          pictures.next(batch, slot);
        }
        long began = System.nanoTime();
        var found = detector.run(batch, 0, size);
        if (run >= 0) {
          millis[run] = (System.nanoTime() - began) / 1e6;
          objects += found.stream().mapToLong(picture -> picture.count()).sum();
        }
      }
    }
    report(directory, millis, size, threads, objects);
    return 0;
  }

  @Command(
      name = "stages",
      description = "CPU time a frame of following, rules and analytics, over people who walk.")
  int stages(
      @Option(
              names = "--objects",
              split = ",",
              defaultValue = "5,20",
              description = "${DEFAULT-VALUE}")
          List<Integer> objects,
      @Option(names = "--frames", defaultValue = "20000", description = "${DEFAULT-VALUE}")
          int frames) {
    if (frames < 1 || objects.stream().anyMatch(count -> count < 1)) {
      throw new InvalidInputException("--frames and --objects must be 1 or more");
    }
    StagesBench bench = new StagesBench(spec.commandLine().getOut());
    objects.forEach(count -> bench.run(count, frames));
    return 0;
  }

  private static void report(
      ModelDirectory model, double[] millis, int size, int threads, long objects) {
    double total = Arrays.stream(millis).sum();
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f frames/s, batch of %d: p50 %.1f ms, p99 %.1f ms; %d threads, %.1f objects a frame%n",
        model.manifest().version(),
        1000 * size * millis.length / total,
        size,
        millis[millis.length / 2],
        millis[(int) (0.99 * (millis.length - 1))],
        threads,
        (double) objects / (size * millis.length));
  }

  /** A video that begins again at its end. */
  private static final class Video implements AutoCloseable {
    private final Path file;
    private VideoSource source;

    Video(Path file) {
      this.file = file;
      this.source = VideoSources.file(file).open();
    }

    void next(FrameBatch batch, int slot) {
      Picture picture = source.next();
      if (picture == null) {
        source.close();
        source = VideoSources.file(file).open();
        picture = source.next();
      }
      batch.place(slot, picture.pixels());
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
