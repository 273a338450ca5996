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

/** Ground truth in the MOT challenge's format: frame (from 1), id, left, top, width, height, … */
public final class MotTruth {
  private MotTruth() {}

  /**
   * Boxes by frame number, from 1.
   *
   * @throws InvalidInputException if the file cannot be read or a line has another form
   */
  public static Map<Integer, List<Box>> read(Path file) {
    Map<Integer, List<Box>> boxes = new HashMap<>();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          String[] fields = line.split(",", -1);
          boxes
              .computeIfAbsent(Integer.parseInt(fields[0].strip()), unused -> new ArrayList<>())
              .add(
                  new Box(
                      Double.parseDouble(fields[2]),
                      Double.parseDouble(fields[3]),
                      Double.parseDouble(fields[4]),
                      Double.parseDouble(fields[5])));
        }
      }
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read. Give a MOT gt.txt.".formatted(file), e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidInputException(
          "%s line %d: expected frame,id,left,top,width,height,…".formatted(file, number), e);
    }
    return boxes;
  }
}
