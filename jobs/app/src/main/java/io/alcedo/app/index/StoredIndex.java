package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.inference.EngineOptions;
import java.nio.file.Path;
import java.util.List;

/** An index that a run has left: it is searched, and changes no more. */
public final class StoredIndex implements LiveIndex {
  private final VectorIndex index;
  private final IndexEncoders encoders;
  private final PictureStore crops;
  private final String serving;

  /**
   * Opens it.
   *
   * @param config with folders
   * @param encoder directory of the model that its vectors were made by
   * @throws InvalidInputException if there is no index, another process has it open, or there is no
   *     file system for its pictures
   */
  public StoredIndex(IndexConfig config, Path encoder) {
    Path folder = Path.of(config.folder());
    crops = config.pictures();
    serving = IndexState.read(folder).serving();
    if (serving == null) {
      throw new InvalidInputException(
          "%s: there is no index. Give the output folder of a run that kept one; of its stored pictures ./alcedo index rebuild makes it again."
              .formatted(folder));
    }
    encoders = new IndexEncoders(encoder, null, EngineOptions.DEFAULT);
    index = config.open();
  }

  @Override
  public String serving() {
    return serving;
  }

  @Override
  public VectorIndex vectors() {
    return index;
  }

  @Override
  public List<float[]> embed(String version, List<byte[]> pictures) {
    return encoders.embedAll(version, pictures);
  }

  @Override
  public PictureStore crops() {
    return crops;
  }

  @Override
  public IndexStatus status() {
    return new IndexStatus(
        serving, index.versions(), "it is not kept up to date", null, null, null);
  }

  @Override
  public List<String> rebuild() {
    throw new InvalidInputException(
        "this index is not kept up to date. Stop what serves it, and run ./alcedo index rebuild --output with its folder.");
  }

  @Override
  public void close() {
    encoders.close();
    index.close();
  }
}
