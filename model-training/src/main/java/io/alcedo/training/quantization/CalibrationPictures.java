package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Pictures like those that a model will see; they give the ranges of its activations. */
public sealed interface CalibrationPictures permits CalibrationVideo, CalibrationFolder {

  /**
   * Pictures of a file.
   *
   * @param path a folder or zip of pictures, or a video
   * @throws InvalidInputException if it is not there
   */
  static CalibrationPictures of(Path path, CalibrationRange range) {
    if (!Files.exists(path)) {
      throw new InvalidInputException("%s: there is no such file to calibrate on.".formatted(path));
    }
    boolean zip = path.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    return zip || Files.isDirectory(path)
        ? new CalibrationFolder(path, range)
        : new CalibrationVideo(path, range);
  }

  /**
   * Reads the pictures onto a network's canvas.
   *
   * @param placing where a picture of some size goes
   * @throws InvalidInputException if they cannot be read or none is in the range
   */
  List<CanvasPicture> read(Function<Placement.Size, Placement> placing);

  /** For people: which they are. */
  String text(int taken);
}
