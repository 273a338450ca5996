package io.alcedo.app.index;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.inference.EngineOptions;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes the index of a run that is over again, of its stored pictures alone. What is damaged is
 * dropped, what has a vector is passed over, so it may be stopped and begun again.
 */
public final class IndexRebuild {
  private static final int PAGE = 256;

  private final IndexConfig config;
  private final Path folder;
  private final Path encoder;
  private final PictureStore crops;
  private final Function<Crop, Set<String>> zones;

  /**
   * What became of the pictures.
   *
   * @param version of the vectors
   * @param looked pictures that were looked at
   * @param total all of them
   * @param made vectors that were missing
   * @param left pictures that do not say what they show, or are none
   */
  public record Progress(String version, int looked, int total, long made, long left) {}

  /**
   * Prepares.
   *
   * @param config with folders
   * @param encoder directory of the model that makes the vectors
   * @param scenes whose zones the objects may be in
   */
  public IndexRebuild(IndexConfig config, Path encoder, List<Scene> scenes) {
    this.config = config;
    this.folder = Path.of(config.folder());
    this.encoder = encoder;
    this.crops = new PictureStore(URI.create(config.crops().store()));
    SceneHistory history = SceneHistory.of(scenes.stream().map(CameraSpec::of).toList());
    this.zones = crop -> LiveScenes.zones(history, crop);
  }

  /**
   * Does it.
   *
   * @param listener is told after each page
   * @return how it ended
   * @throws InvalidInputException if there are no pictures, the index is open elsewhere, or has
   *     sound vectors of another encoder
   * @throws IOException if the pictures cannot be reached
   */
  public Progress run(Consumer<Progress> listener) throws IOException {
    try (IndexEncoders encoders = new IndexEncoders(encoder, null, EngineOptions.DEFAULT);
        VectorIndex index = config.open()) {
      String version = encoders.ownVersion();
      int dimensions = encoders.dimensions(version);
      Instant from =
          config.keep() == null ? null : Clock.systemUTC().instant().minus(config.keep());
      StoredCrops stored = new StoredCrops(crops, from, ids -> index.known(version, ids), zones);
      if (stored.total() == 0) {
        throw new InvalidInputException(
            "%s: there are no pictures to make an index of. Give the output folder of a run that kept some."
                .formatted(crops.root()));
      }
      IndexState state = prepare(index, version, dimensions);
      Reembedding work = new Reembedding(version, index, index::upsert, encoders, crops);
      work.add(stored);
      while (!work.isComplete()) {
        work.past(PAGE);
        index.refresh();
        index.commit(Offsets.NONE);
        listener.accept(progress(version, stored, work));
      }
      state.restored().write(folder);
      return progress(version, stored, work);
    }
  }

  private static Progress progress(String version, StoredCrops stored, Reembedding work) {
    return new Progress(
        version, stored.looked(), stored.total(), work.made(), work.gone() + stored.silent());
  }

  private IndexState prepare(VectorIndex index, String version, int dimensions) throws IOException {
    IndexState before = IndexState.read(folder);
    for (IndexVersion there : index.versions()) {
      if (there.fault() != null && !there.damaged()) {
        throw new InvalidInputException(there.fault());
      }
      if (there.name().equals(before.serving())
          && there.fault() == null
          && !there.name().equals(version)) {
        throw new InvalidInputException(
            "%s has sound vectors of %s, and the encoder given is %s. Give that one with --encoder, or another --output."
                .formatted(folder, there.name(), version));
      }
    }
    IndexState state =
        version.equals(before.serving()) ? before.restores() : IndexState.START.serves(version);
    state.write(folder);
    for (IndexVersion there : index.versions()) {
      if (there.damaged()) {
        index.drop(there.name());
      }
    }
    index.create(version, dimensions);
    return state;
  }
}
