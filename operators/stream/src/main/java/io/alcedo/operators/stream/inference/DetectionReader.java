package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.geometry.Placement;
import io.alcedo.connectors.model.ModelManifest.MaskForm;
import io.alcedo.connectors.model.ModelManifest.Outputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads M objects of all pictures of a batch: boxes [M, 4], labels [M], scores [M], if several
 * pictures went in their index [M], and masks. Without objects nothing but the scores is looked at:
 * what graphs give for the masks of nobody differs.
 *
 * @param outputs of a checked manifest
 */
record DetectionReader(Outputs outputs) implements OutputReader<Detections> {
  @Override
  public Set<String> names() {
    return Stream.of(
            outputs.boxes(),
            outputs.labels(),
            outputs.scores(),
            outputs.batchIndex(),
            outputs.masks())
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Detections> read(OutputValues values, List<Placement> fits) {
    float[] scores = values.floats(outputs.scores());
    int count = scores.length;
    if (count == 0) {
      return Collections.nCopies(fits.size(), Detections.NOTHING);
    }
    float[] boxes = values.floats(outputs.boxes());
    int[] labels = values.ints(outputs.labels());
    int[] pictures =
        outputs.batchIndex() == null ? new int[count] : values.ints(outputs.batchIndex());
    MaskReader masks = MaskReader.of(values, outputs);
    if (boxes.length != 4 * count
        || labels.length != count
        || pictures.length != count
        || (masks != null && masks.count() != count)) {
      throw new InferenceException(
          "the model gave %d scores, %d labels, %d box coordinates, %d picture indices and %s masks"
              .formatted(
                  count,
                  labels.length,
                  boxes.length,
                  pictures.length,
                  masks == null ? "no" : masks.count()));
    }
    checkPictures(pictures, fits.size());
    List<Detections> parts = new ArrayList<>(fits.size());
    for (int picture = 0; picture < fits.size(); picture++) {
      int wanted = picture;
      int[] rows = IntStream.range(0, count).filter(i -> pictures[i] == wanted).toArray();
      float[] partBoxes = rows(boxes, 4, rows);
      parts.add(
          new Detections(
              partBoxes,
              Arrays.stream(rows).map(row -> labels[row]).toArray(),
              rows(scores, 1, rows),
              masks == null ? Masks.NONE : masks.read(rows, partBoxes, fits.get(picture))));
    }
    return parts;
  }

  private static void checkPictures(int[] pictures, int count) {
    for (int index : pictures) {
      if (index < 0 || index >= count) {
        throw new InferenceException(
            "the model names picture %d of a batch of %d".formatted(index, count));
      }
    }
  }

  private static float[] rows(float[] values, int width, int[] rows) {
    float[] part = new float[width * rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, width * rows[i], part, width * i, width);
    }
    return part;
  }

  /**
   * The masks of all pictures.
   *
   * @param values [count, height, width], or with a dimension of one after the first
   */
  private record MaskReader(MaskForm form, float[] values, int count, int height, int width) {
    static MaskReader of(OutputValues values, Outputs outputs) {
      if (outputs.masks() == null) {
        return null;
      }
      long[] shape = values.shape(outputs.masks());
      return new MaskReader(
          outputs.maskForm(),
          values.floats(outputs.masks()),
          (int) shape[0],
          (int) shape[shape.length - 2],
          (int) shape[shape.length - 1]);
    }

    Masks read(int[] rows, float[] boxes, Placement fit) {
      if (form == MaskForm.PER_BOX) {
        if (height != width) {
          throw new InferenceException(
              "masks are %dx%d, expected squares".formatted(width, height));
        }
        return new Masks.PerBox(rows(values, width * width, rows), width);
      }
      if (width != fit.canvas().width() || height != fit.canvas().height()) {
        throw new InferenceException(
            "masks are %dx%d, expected those of the whole canvas, %s"
                .formatted(width, height, fit.canvas()));
      }
      return new Masks.FullImage(
          IntStream.range(0, rows.length)
              .mapToObj(i -> MaskCut.around(boxes, i, values, rows[i], width, height))
              .toList());
    }
  }
}
