package io.alcedo.app.evaluation;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads what a run has found in a video: its {@code detections.jsonl}. */
public final class DetectionLines {
  private DetectionLines() {}

  /**
   * Detections of one class by frame number, from 1.
   *
   * @throws InvalidInputException if the file is not one camera's run, or a line is damaged
   */
  public static NavigableMap<Integer, List<Detection>> read(Path file, String label)
      throws IOException {
    NavigableMap<Integer, List<Detection>> found = new TreeMap<>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      DetectionLine line = parse(file, number, text);
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
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(file + ": has no lines. Give the detections.jsonl of a run.");
    }
    return found;
  }

  private static DetectionLine parse(Path file, int number, String text) {
    try {
      return DetectionLineCodec.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (WireFormatException e) {
      throw new InvalidInputException("%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }
}
