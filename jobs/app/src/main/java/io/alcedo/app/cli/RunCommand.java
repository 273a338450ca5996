package io.alcedo.app.cli;

import io.alcedo.app.local.Accounting;
import io.alcedo.app.local.BoundedRun;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.app.local.RunListener;
import io.alcedo.app.output.StatusLine;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the pipeline over videos, from the first frame to the last. */
@Command(
    name = "run",
    description = "Run the pipeline over videos and write what it found into a folder.")
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "A video file; may be given several times.")
  private List<Path> videos = new ArrayList<>();

  @Option(names = "--config", paramLabel = "FILE", description = "YAML with model, videos, rules.")
  private Path config;

  @Option(names = "--model", paramLabel = "DIR", description = "A model directory.")
  private Path model;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/run",
      description = "Receives detections.jsonl, alerts.jsonl and annotated.mp4 (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws Exception {
    BoundedRun run = describe();
    try (StatusLine status = StatusLine.onStandardOutput()) {
      Accounting accounting = run.run(new Watcher(status, System.nanoTime()));
      status.print(accounting.summary());
      status.print("Written to " + output);
      return accounting.published() == accounting.frameLines() ? 0 : 1;
    }
  }

  /** Tells the terminal. */
  private record Watcher(StatusLine status, long began) implements RunListener {
    @Override
    public void progress(long published, Accounting so) {
      status.show(
          String.format(
              Locale.ROOT,
              "%3d s  published %d  detected %d  objects %d  alerts %d",
              (System.nanoTime() - began) / 1_000_000_000,
              published,
              so.frameLines(),
              so.objects(),
              so.alerts()));
    }

    @Override
    public void warning(String text) {
      status.print("warning: " + text);
    }
  }

  private BoundedRun describe() {
    PipelineConfig file =
        config == null
            ? new PipelineConfig(null, null, null, null)
            : YamlReader.read(config, PipelineConfig.class);
    Path base = config == null ? Path.of("") : config.toAbsolutePath().getParent();
    List<Path> all = new ArrayList<>(videos);
    file.videos().forEach(video -> all.add(base.resolve(video)));
    if (all.isEmpty()) {
      throw new InvalidInputException("No video. Give --video FILE, or --config with videos.");
    }
    Path chosen = model != null || file.model() == null ? model : base.resolve(file.model());
    if (chosen == null) {
      throw new InvalidInputException("No model. Give --model DIR, or --config with a model.");
    }
    return new BoundedRun(chosen, all, file.rules(), file.inference(), output);
  }
}
