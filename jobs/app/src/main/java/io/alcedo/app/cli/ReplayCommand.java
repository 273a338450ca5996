package io.alcedo.app.cli;

import io.alcedo.app.local.PipelineConfig;
import io.alcedo.app.local.RunModels;
import io.alcedo.app.output.StatusLine;
import io.alcedo.app.replay.ReplayCounts;
import io.alcedo.app.replay.ReplayPlan;
import io.alcedo.app.replay.ReplayRules;
import io.alcedo.app.replay.ReplayRun;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.jobs.Replay;
import io.alcedo.operators.stream.track.TrackerOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes once more what was recorded. */
@Command(
    name = "replay",
    description = {
      "Process recorded detections (or frames) once more, through other rules (or another model),",
      "beside what is live: of a cluster, or the detections.jsonl of a run."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;

  @Mixin private PipelineOption pipeline;

  @Option(
      names = "--detections",
      paramLabel = "FILE",
      description = "detections.jsonl of a run, in place of a cluster's topic.")
  private Path detections;

  @Option(
      names = "--from",
      converter = InstantOption.class,
      paramLabel = "TIME",
      description = "Capture time of the first line, as in 2026-11-23T15:00:00Z.")
  private Instant from;

  @Option(
      names = "--to",
      converter = InstantOption.class,
      paramLabel = "TIME",
      description = "Capture time before which it ends.")
  private Instant to;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its topics are called replay-NAME-…; default: the time now.")
  private String name;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description =
          "YAML with other rules, and other scenes, analytics and tracker if they are in it; default: the recorded ones.")
  private Path rules;

  @Option(
      names = "--frames",
      description = "Let the model look at the recorded frames again, as long as they are kept.")
  private boolean frames;

  @Option(
      names = "--model",
      converter = ModelFolder.class,
      paramLabel = "DIR",
      description = "Another model, for --frames; default: the pipeline's.")
  private Path model;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Default: as many as there are cores. The results are the same.")
  private Integer parallelism;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "out/replay",
      description = "Receives alerts.jsonl, analytics.jsonl, tracks.jsonl (${DEFAULT-VALUE}).")
  private Path output;

  @Override
  public Integer call() throws Exception {
    ReplayPlan plan = plan();
    ReplayCounts counts;
    try (StatusLine status = StatusLine.onStandardOutput()) {
      status.show("starting");
      counts = new ReplayRun(plan).run(status::show);
    }
    PrintWriter out = spec.commandLine().getOut();
    counts.summary().forEach(out::println);
    out.println("Written to " + output + where(plan));
    out.flush();
    return 0;
  }

  private String where(ReplayPlan plan) {
    return detections != null
        ? ""
        : "; topics %s… of Kafka at %s"
            .formatted(
                plan.replay().results(plan.pipeline().kafka()).topicPrefix(),
                plan.pipeline().kafka().bootstrap());
  }

  private ReplayPlan plan() {
    if (!pipeline.isGiven() && detections == null) {
      throw new InvalidInputException(
          "Replay what? Give --config FILE, whose block kafka names a cluster, or --detections FILE.");
    }
    if (!pipeline.isGiven() && rules == null) {
      throw new InvalidInputException("By which rules? Give --rules FILE, or --config FILE.");
    }
    if (detections == null && (from == null || to == null)) {
      throw new InvalidInputException(
          "Give --from TIME and --to TIME, as in 2026-11-23T15:00:00Z.");
    }
    if (model != null && !frames) {
      throw new InvalidInputException("--model looks at frames: give --frames too");
    }
    Replay replay =
        new Replay(
            name == null ? NAME.format(CLOCK.instant()) : name,
            from == null ? Instant.EPOCH : from,
            to == null ? Instant.MAX : to,
            frames);
    PipelineConfig file = pipeline.read();
    ReplayRules others = rules == null ? null : YamlReader.read(rules, ReplayRules.class);
    return new ReplayPlan(
        replay,
        detections,
        file,
        others,
        tracker(file, others),
        RunModels.of(file, pipeline.folder(), BundledModel.directory()).with(model, null, null),
        parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism,
        output);
  }

  private TrackerOptions tracker(PipelineConfig file, ReplayRules others) {
    if (others != null && others.tracker() != null) {
      return others.tracker().relativeTo(rules.toAbsolutePath().getParent());
    }
    return file.tracker() == null ? null : file.tracker().relativeTo(pipeline.folder());
  }
}
