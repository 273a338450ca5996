package io.alcedo.app.evaluation;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what a run has found: its {@code detections.jsonl} and {@code tracks.jsonl}. */
public final class DetectionLines {
  /** What is in a line of a file. */
  private interface Form<T> {
    T read(byte[] line) throws WireFormatException;
  }

  private DetectionLines() {}

  /**
   * The lines of frames, in the file's order.
   *
   * @throws InvalidInputException if there is none or one is damaged
   */
  public static List<DetectionLine> read(Path file) throws IOException {
    return read(file, DetectionLineCodec::read, line -> line);
  }

  /**
   * The lines of frames with their tracks, in the file's order.
   *
   * @throws InvalidInputException if there is none or one is damaged
   */
  public static List<TrackedLine> tracks(Path file) throws IOException {
    return read(file, TrackedLineCodec::read, TrackedLine::line);
  }

  /**
   * Detections of one class by frame number, from 1.
   *
   * @throws InvalidInputException if the file is not one camera's run, or a line is damaged
   */
  public static NavigableMap<Integer, List<Detection>> read(Path file, String label)
      throws IOException {
    NavigableMap<Integer, List<Detection>> found = new TreeMap<>();
    for (DetectionLine line : read(file)) {
      List<Detection> detections =
          line.objects().stream()
              .filter(object -> object.label().equals(label))
              .map(object -> new Detection(object.box(), object.mask(), object.score()))
              .toList();
      if (found.put(Math.toIntExact(line.frame().sequence() + 1), detections) != null) {
        throw new InvalidInputException(
            "%s: sequence %d appears twice. Evaluate one camera's run at a time."
                .formatted(file, line.frame().sequence()));
      }
    }
    return found;
  }

  private static <T> List<T> read(Path file, Form<T> form, Function<T, DetectionLine> lineOf)
      throws IOException {
    List<T> lines = new ArrayList<>();
    int number = 0;
    for (String text : Files.readAllLines(file)) {
      number++;
      try {
        lines.add(form.read(text.getBytes(StandardCharsets.UTF_8)));
      } catch (WireFormatException e) {
        throw new InvalidInputException(
            "%s line %d: %s".formatted(file, number, e.getMessage()), e);
      }
    }
    lines.removeIf(line -> !lineOf.apply(line).status().isFrame());
    if (lines.isEmpty()) {
      throw new InvalidInputException(file + ": has no lines of frames. Give the output of a run.");
    }
    return lines;
  }
}
