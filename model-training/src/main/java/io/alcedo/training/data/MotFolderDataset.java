package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A sequence of the MOT challenge as it is downloaded: pictures {@code img1/000001.jpg} and on, and
 * {@code gt/gt.txt}. Boxes only, no masks. Pictures are read when asked for.
 */
public final class MotFolderDataset implements DetectionDataset {
  private record Picture(Path file, List<SampleObject> objects) {}

  private final List<Picture> pictures;

  private MotFolderDataset(List<Picture> pictures) {
    this.pictures = pictures;
  }

  /**
   * Reads the truth of a range of frames.
   *
   * @param first from 1
   * @param last inclusive
   * @throws InvalidInputException if the folder is no such sequence or has not all these frames
   */
  public static MotFolderDataset read(Path folder, int first, int last) {
    Map<Integer, List<SampleObject>> objects =
        MotTruth.objects(folder.resolve("gt").resolve("gt.txt"));
    return new MotFolderDataset(
        IntStream.rangeClosed(first, last)
            .mapToObj(
                frame ->
                    new Picture(picture(folder, frame), objects.getOrDefault(frame, List.of())))
            .toList());
  }

  private static Path picture(Path folder, int frame) {
    Path file = folder.resolve("img1").resolve("%06d.jpg".formatted(frame));
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "%s: is not there. Give the folder of a MOT sequence, and frames that it has."
              .formatted(file));
    }
    return file;
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public DetectionSample get(int index) {
    Picture picture = pictures.get(index);
    Mat pixels = imread(picture.file().toString(), IMREAD_COLOR);
    if (pixels.empty()) {
      throw new InvalidInputException(picture.file() + ": is no picture that can be decoded");
    }
    return new DetectionSample(pixels, picture.objects());
  }
}
