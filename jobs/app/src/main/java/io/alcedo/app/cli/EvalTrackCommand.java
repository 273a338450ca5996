package io.alcedo.app.cli;

import io.alcedo.app.evaluation.DetectionLines;
import io.alcedo.app.evaluation.TrackReport;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.track.ByteTracker;
import io.alcedo.operators.stream.track.TrackerOptions;
import io.alcedo.training.data.MotTruth;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Known;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how well a run, or the tracker alone, follows people. */
@Command(
    name = "track",
    description = {
      "MOTA, IDF1 and HOTA, as the MOT challenge defines them, of the confirmed tracks of a run.",
      "All frames are followed, also where --frames says that only some count."
    })
final class EvalTrackCommand implements Callable<Integer> {
  /** What is followed. */
  private static final class Source {
    @Option(
        names = "--tracks",
        required = true,
        paramLabel = "FILE",
        description = "tracks.jsonl of a run.")
    private Path tracks;

    @Option(
        names = "--detections",
        required = true,
        paramLabel = "FILE",
        description = "detections.jsonl of a run; they are followed now.")
    private Path detections;

    @Option(
        names = "--truth-boxes",
        required = true,
        description = "Follow the boxes of the ground truth.")
    private boolean truthBoxes;
  }

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Mixin private TruthOption truth;

  @Option(
      names = "--tracker",
      paramLabel = "FILE",
      description = "YAML of the tracker's settings, for --detections and --truth-boxes.")
  private Path tracker;

  @Option(
      names = "--rate",
      defaultValue = "10",
      description = "Frames a second, for --truth-boxes (${DEFAULT-VALUE}).")
  private double rate;

  @Override
  public Integer call() throws IOException {
    if (!(rate > 0)) {
      throw new InvalidInputException("--rate is %s, expected above 0".formatted(rate));
    }
    Map<Integer, List<MotTruth.Known>> people = MotTruth.identities(truth.file());
    NavigableMap<Integer, List<Known>> found = TrackReport.byFrame(lines(people), truth.label());
    FrameRange range = truth.range(found);
    TrackReport.write(
        truth.name(range), found, people, range.first(), range.last(), spec.commandLine().getOut());
    return 0;
  }

  private List<TrackedLine> lines(Map<Integer, List<MotTruth.Known>> people) throws IOException {
    if (source.tracks != null) {
      return DetectionLines.tracks(source.tracks);
    }
    TrackerOptions options =
        tracker == null ? TrackerOptions.DEFAULT : YamlReader.read(tracker, TrackerOptions.class);
    List<DetectionLine> lines =
        source.truthBoxes
            ? TrackReport.ofTruth(people, last(people), rate, truth.label())
            : DetectionLines.read(source.detections).stream()
                .sorted(Comparator.comparingLong(line -> line.frame().sequence()))
                .toList();
    return TrackReport.follow(new ByteTracker(options), lines);
  }

  private static int last(Map<Integer, List<MotTruth.Known>> people) {
    return people.keySet().stream().max(Integer::compare).orElse(1);
  }
}
