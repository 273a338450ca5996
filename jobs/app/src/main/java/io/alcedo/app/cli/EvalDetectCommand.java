package io.alcedo.app.cli;

import io.alcedo.app.evaluation.DetectionLines;
import io.alcedo.app.evaluation.DetectionReport;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.MotTruth;
import io.alcedo.training.data.MotVideoDataset;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what a run has found in a video. */
@Command(
    name = "detect",
    description = "COCO's figures (boxes) of the detections of a run over a video.")
final class EvalDetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--detections", required = true, paramLabel = "FILE")
  private Path detections;

  @Mixin private TruthOption truth;

  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      description = "Score from which precision, recall and mistakes count (${DEFAULT-VALUE}).")
  private double threshold;

  @Option(
      names = "--plots",
      paramLabel = "DIR",
      description = "Receives precision-recall curves, PNG.")
  private Path plots;

  @Option(
      names = "--video",
      paramLabel = "FILE",
      description = "The video; then --plots receives the worst mistakes too.")
  private Path video;

  @Override
  public Integer call() throws IOException {
    NavigableMap<Integer, List<Detection>> found = DetectionLines.read(detections, truth.label());
    FrameRange range = truth.range(found);
    List<Image> images = images(found, MotTruth.read(truth.file()), range);
    DetectionDataset pictures =
        video == null || plots == null
            ? null
            : MotVideoDataset.read(video, truth.file(), range.first(), range.last());
    new DetectionReport(spec.commandLine().getOut(), threshold, plots)
        .write(
            new DetectionReport.Source(
                truth.name(range), Map.of(truth.label(), images), false, pictures));
    return 0;
  }

  private List<Image> images(
      Map<Integer, List<Detection>> found, Map<Integer, List<Box>> boxes, FrameRange range) {
    List<Image> images = new ArrayList<>();
    for (int frame = range.first(); frame <= range.last(); frame++) {
      if (!found.containsKey(frame)) {
        throw new InvalidInputException(
            "%s: has no line for frame %d (sequence %d). Run over the whole video, or narrow --frames."
                .formatted(detections, frame, frame - 1));
      }
      List<Truth> truths =
          boxes.getOrDefault(frame, List.of()).stream()
              .map(box -> new Truth(box, null, false))
              .toList();
      images.add(new Image(found.get(frame), truths));
    }
    return images;
  }
}
