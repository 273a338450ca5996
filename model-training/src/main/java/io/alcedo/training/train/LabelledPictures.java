package io.alcedo.training.train;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.PictureSet;
import java.nio.file.Path;
import java.util.List;

/**
 * The open folders of a training, and which of their pictures are learned.
 *
 * @param labels class names by index
 * @param folders that are open, to be closed with this
 */
record LabelledPictures(List<String> labels, PictureSet.Split split, List<ImageFolder> folders)
    implements AutoCloseable {
  /** Of the shuffle that holds pictures out, the same for all trainings. */
  private static final long SPLIT_SEED = 1;

  /**
   * Opens them.
   *
   * @param base to which the paths are relative
   * @param labels wanted class names; null for those of the folders
   * @param same whether validation has the same classes
   * @throws InvalidInputException if they cannot be read, or there are too few pictures
   */
  static LabelledPictures open(
      ClassifierTrainingConfig.Data data, Path base, List<String> labels, boolean same) {
    ImageFolder folder = ImageFolder.open(base.resolve(data.folder()).normalize(), labels);
    try {
      if (data.validation() == null) {
        PictureSet.Split split = split(folder, data.heldOut());
        return new LabelledPictures(folder.labels(), split, List.of(folder));
      }
      Path path = base.resolve(data.validation()).normalize();
      ImageFolder validation = ImageFolder.open(path, same ? folder.labels() : null);
      PictureSet.Split split =
          new PictureSet.Split(PictureSet.all(folder), PictureSet.all(validation));
      return new LabelledPictures(folder.labels(), split, List.of(folder, validation));
    } catch (InvalidInputException e) {
      folder.close();
      throw e;
    }
  }

  private static PictureSet.Split split(ImageFolder folder, int heldOut) {
    if (heldOut >= folder.size()) {
      throw new InvalidInputException(
          "data.heldOut is %d, and there are only %d pictures".formatted(heldOut, folder.size()));
    }
    return PictureSet.split(folder, heldOut, SPLIT_SEED);
  }

  /** Checks that there are pictures for at least one batch. */
  void requireBatch(int batchSize) {
    int pictures = split.training().size();
    if (pictures < batchSize) {
      throw new InvalidInputException(
          "%d pictures to learn fill no batch of %d. Make run.batchSize smaller."
              .formatted(pictures, batchSize));
    }
  }

  @Override
  public void close() {
    folders.forEach(ImageFolder::close);
  }
}
