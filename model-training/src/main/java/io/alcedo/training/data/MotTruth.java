package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ground truth in the MOT challenge's formats: frame (from 1), id, left, top, width, height, then a
 * flag and world coordinates (2015), or a flag, a class and a visibility (2016 and later: nine
 * fields, Milan et al. 2016, table 3).
 */
public final class MotTruth {
  /**
   * A person of known identity in one frame.
   *
   * @param id the same in all frames
   * @param box px of the picture
   */
  public record Known(int id, Box box) {}

  /** An object of one line of the file. */
  private record Line(int frame, int id, SampleObject object) {}

  private static final int FIELDS_WITH_CLASS = 9;
  private static final int FLAG = 6;
  private static final int CLASS = 7;
  private static final int PEDESTRIAN = 1;

  /** Person on a vehicle, static person, distractor, reflection: neither found nor wrong. */
  private static final Set<Integer> LIKE_PEOPLE = Set.of(2, 7, 8, 12);

  private MotTruth() {}

  /**
   * Boxes of people by frame number, from 1.
   *
   * @throws InvalidInputException if the file cannot be read or a line has another form
   */
  public static Map<Integer, List<Box>> read(Path file) {
    Map<Integer, List<Box>> boxes = new HashMap<>();
    objects(file)
        .forEach(
            (frame, objects) ->
                boxes.put(
                    frame,
                    objects.stream()
                        .filter(object -> !object.ignored())
                        .map(SampleObject::box)
                        .toList()));
    return boxes;
  }

  /**
   * Known people by frame number, from 1.
   *
   * @throws InvalidInputException if the file cannot be read or a line has another form
   */
  public static Map<Integer, List<Known>> identities(Path file) {
    Map<Integer, List<Known>> known = new HashMap<>();
    for (Line line : lines(file)) {
      if (!line.object().ignored()) {
        known
            .computeIfAbsent(line.frame(), unused -> new ArrayList<>())
            .add(new Known(line.id(), line.object().box()));
      }
    }
    return known;
  }

  /**
   * People (label 1) and what is ignored, by frame number, from 1.
   *
   * @throws InvalidInputException if the file cannot be read or a line has another form
   */
  static Map<Integer, List<SampleObject>> objects(Path file) {
    Map<Integer, List<SampleObject>> objects = new HashMap<>();
    for (Line line : lines(file)) {
      objects.computeIfAbsent(line.frame(), unused -> new ArrayList<>()).add(line.object());
    }
    return objects;
  }

  private static List<Line> lines(Path file) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    try {
      for (String text : Files.readAllLines(file)) {
        number++;
        Line line = text.isBlank() ? null : line(text.split(",", -1));
        if (line != null) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read. Give a MOT gt.txt.".formatted(file), e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidInputException(
          "%s line %d: expected frame,id,left,top,width,height,…".formatted(file, number), e);
    }
    return lines;
  }

  /** Null for what is no person and not like one. */
  private static Line line(String[] fields) {
    Box box =
        new Box(
            Double.parseDouble(fields[2]),
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4]),
            Double.parseDouble(fields[5]));
    boolean ignored = false;
    if (fields.length == FIELDS_WITH_CLASS) {
      int type = Integer.parseInt(fields[CLASS].strip());
      if (type != PEDESTRIAN && !LIKE_PEOPLE.contains(type)) {
        return null;
      }
      ignored = type != PEDESTRIAN || Integer.parseInt(fields[FLAG].strip()) == 0;
    }
    return new Line(
        Integer.parseInt(fields[0].strip()),
        (int) Double.parseDouble(fields[1].strip()),
        new SampleObject(box, 1, null, ignored));
  }
}
