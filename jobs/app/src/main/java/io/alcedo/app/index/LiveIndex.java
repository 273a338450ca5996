package io.alcedo.app.index;

import io.alcedo.connectors.pictures.PictureStore;
import java.util.List;

/** An index that is kept up to date, and what belongs to it: pictures, encoders, how it does. */
public interface LiveIndex extends AutoCloseable {
  /** The version in which is searched now; another when a change of encoder is complete. */
  String serving();

  /** All versions, by name of their encoder. */
  VectorIndex vectors();

  /**
   * Makes vectors of pictures.
   *
   * @param version of {@link #vectors}, so they can be compared with its own
   * @param pictures JPEG or PNG
   * @return of length 1, in their order
   * @throws io.alcedo.connectors.InvalidInputException if the encoder cannot be had, or one of them
   *     is no picture
   */
  List<float[]> embed(String version, List<byte[]> pictures);

  /** The pictures of the crops, by the ids of their vectors. */
  PictureStore crops();

  IndexStatus status();

  @Override
  default void close() {}
}
