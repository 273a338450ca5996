package io.alcedo.app.cli;

import io.alcedo.app.evaluation.ModelEvaluation;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.inference.ModelDirectory;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.MotTruth;
import io.alcedo.training.evaluation.AveragePrecision;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.DetectorScore;
import io.alcedo.training.train.DataConfig;
import io.alcedo.training.train.EvaluationConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures results against the truth. */
@Command(name = "eval", description = "Measure results against ground truth.")
final class EvalCommand implements Runnable {
  private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which measure? See below.");
  }

  @Command(
      name = "detect",
      description = "AP50 (COCO, 101 recalls), precision and recall of detections of a video.")
  int detect(
      @Option(names = "--detections", required = true, paramLabel = "FILE") Path detections,
      @Option(
              names = "--gt",
              required = true,
              paramLabel = "FILE",
              description = "MOT format; its frame = sequence + 1.")
          Path truth,
      @Option(names = "--frames", paramLabel = "A-B", description = "First and last frame.")
          String frames,
      @Option(names = "--label", defaultValue = "person", description = "${DEFAULT-VALUE}")
          String label,
      @Option(
              names = "--threshold",
              defaultValue = "0.5",
              description = "Score from which precision and recall count (${DEFAULT-VALUE}).")
          double threshold)
      throws IOException {
    Map<Integer, List<Box>> boxes = MotTruth.read(truth);
    Map<Integer, List<Detection>> found = read(detections, label);
    int[] range = range(frames, found);
    List<Image> images = new ArrayList<>();
    for (int frame = range[0]; frame <= range[1]; frame++) {
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
    AveragePrecision.Result result = AveragePrecision.AP50.evaluate(images, threshold);
    System.out.printf(
        Locale.ROOT,
        "AP50 %.4f  precision %.4f  recall %.4f  (score >= %.2f; %d frames, %d boxes)%n",
        result.averagePrecision(),
        result.precision(),
        result.recall(),
        threshold,
        images.size(),
        result.truths());
    return 0;
  }

  @Command(
      name = "model",
      description = "AP50 of boxes and masks of a model over labelled pictures, in its engine.")
  int model(
      @Option(names = "--model", paramLabel = "DIR", description = "Default: the bundled detector.")
          Path model,
      @Option(
              names = "--data",
              required = true,
              paramLabel = "FILE",
              description = "YAML with a list of labelled sources, as in a training's 'data'.")
          Path data,
      @Option(names = "--label", defaultValue = "person", description = "${DEFAULT-VALUE}")
          String label,
      @Option(names = "--threads", defaultValue = "2", description = "${DEFAULT-VALUE}")
          int threads) {
    EvaluationConfig config = YamlReader.read(data, EvaluationConfig.class);
    Path base = data.toAbsolutePath().getParent();
    ModelDirectory directory = ModelDirectory.open(BundledModel.orDefault(model));
    try (ModelEvaluation evaluation = new ModelEvaluation(directory, threads)) {
      System.out.println(directory.manifest().version());
      for (DataConfig source : config.data()) {
        DetectionDataset pictures = source.open(base, evaluation.classes());
        DetectorScore score = evaluation.score(pictures, label);
        System.out.printf("%s, %d pictures: %s%n", source.name(), pictures.size(), score.text());
      }
    }
    return 0;
  }

  private static Map<Integer, List<Detection>> read(Path file, String label) throws IOException {
    Map<Integer, List<Detection>> found = new TreeMap<>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      try {
        DetectionLine line = DetectionLineCodec.read(text.getBytes(StandardCharsets.UTF_8));
        List<Detection> detections =
            line.objects().stream()
                .filter(object -> object.label().equals(label))
                .map(object -> new Detection(object.box(), object.mask(), object.score()))
                .toList();
        if (found.put(Math.toIntExact(line.frame().sequence() + 1), detections) != null) {
          throw new InvalidInputException(
              "%s line %d: sequence %d appears twice. Evaluate one camera's run at a time."
                  .formatted(file, number, line.frame().sequence()));
        }
      } catch (WireFormatException e) {
        throw new InvalidInputException(
            "%s line %d: %s".formatted(file, number, e.getMessage()), e);
      }
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(file + ": has no lines. Give the detections.jsonl of a run.");
    }
    return found;
  }

  private static int[] range(String frames, Map<Integer, List<Detection>> found) {
    if (frames == null) {
      return new int[] {
        ((TreeMap<Integer, ?>) found).firstKey(), ((TreeMap<Integer, ?>) found).lastKey()
      };
    }
    Matcher matcher = RANGE.matcher(frames);
    if (!matcher.matches()
        || Integer.parseInt(matcher.group(1)) > Integer.parseInt(matcher.group(2))) {
      throw new InvalidInputException(
          "--frames is '%s', expected first-last as in 501-795".formatted(frames));
    }
    return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
  }
}
