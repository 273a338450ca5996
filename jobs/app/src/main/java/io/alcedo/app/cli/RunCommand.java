package io.alcedo.app.cli;

import io.alcedo.app.local.LocalRunPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the pipeline over videos and cameras. */
@Command(
    name = "run",
    description = {
      "Run the pipeline over videos or cameras, in this process, and write what it found into a folder.",
      "Files are read as fast as they can be, every frame; cameras in real time, the latest frame."
    })
final class RunCommand implements Callable<Integer> {
  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "A video file; may be given several times.")
  private List<Path> videos = new ArrayList<>();

  @Mixin private PipelineOption pipeline;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A model directory; default: the bundled person detector.")
  private Path model;

  @Option(
      names = "--classifier",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description = "A classifier's directory: it labels each object that is found.")
  private Path classifier;

  @Option(
      names = "--encoder",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description =
          "An encoder's directory: pictures of tracked objects become vectors; default: the bundled one, of people.")
  private Path encoder;

  @Option(names = "--no-encoder", description = "Make no vectors, unless the file says so.")
  private boolean noEncoder;

  @Option(
      names = "--no-index",
      description = "Keep no index of the vectors and their pictures, unless the file says so.")
  private boolean noIndex;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description =
          "Stop after this time, as in 60s; default: at the end of the videos, or Ctrl-C.")
  private Duration duration;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/run",
      description =
          "Receives detections.jsonl, alerts.jsonl, annotated.mp4, embeddings.jsonl and more (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws Exception {
    LocalRunPlan plan =
        LocalRunPlan.of(
            pipeline.read(), pipeline.folder(), videos, BundledModel.directory(), output);
    plan = plan.with(plan.models().with(model, classifier, encoder)).lasting(duration);
    plan = noEncoder ? plan : plan.withVectorsOfPeople(BundledModel.encoder());
    return RunConsole.run(noIndex ? plan : plan.searchable());
  }
}
