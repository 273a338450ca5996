package io.alcedo.training.quantization;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Placement;
import io.alcedo.training.data.Picture;
import io.alcedo.training.data.PictureFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Picture files below a folder or inside a zip, evenly spread over their sorted names and so over
 * the folders of a classifier's data.
 *
 * @param path of the folder or zip
 * @param range of the sorted names, counted from 1
 */
record CalibrationFolder(Path path, CalibrationRange range) implements CalibrationPictures {
  @Override
  public List<CanvasPicture> read(Function<Placement.Size, Placement> placing) {
    try (PictureFiles files = PictureFiles.open(path)) {
      List<String> names = files.names();
      List<CanvasPicture> pictures = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        if (range.takes(i + 1, pictures.size(), names.size())) {
          pictures.add(place(read(files, names.get(i)), placing));
        }
      }
      if (pictures.isEmpty()) {
        throw new InvalidInputException(
            "%s: has %d pictures, none in the range %s.".formatted(path, names.size(), range));
      }
      return pictures;
    }
  }

  private Picture read(PictureFiles files, String name) {
    try {
      return Picture.decode(files.read(name), path + "/" + name);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s/%s: cannot be read (%s).".formatted(path, name, e.getMessage()), e);
    }
  }

  private static CanvasPicture place(Picture picture, Function<Placement.Size, Placement> placing) {
    Placement.Size size = new Placement.Size(picture.width(), picture.height());
    return CanvasPicture.of(picture, placing.apply(size));
  }

  @Override
  public String text(int taken) {
    return "%d of the pictures %s of %s".formatted(taken, range, path.getFileName());
  }
}
