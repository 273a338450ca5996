package io.alcedo.app.index;

import io.alcedo.connectors.pictures.PictureStore;
import java.io.IOException;
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

  /**
   * Drops the versions that are damaged and makes them again, of what the topic has and of the
   * stored pictures; of the version that serves, if it is sound, what is missing is made. Returns
   * at once, while that is done.
   *
   * @return the versions that were dropped
   * @throws io.alcedo.connectors.InvalidInputException if this cannot be done here or now
   * @throws IndexFaultException if the store of vectors fails
   * @throws IOException if what is decided cannot be written down
   */
  List<String> rebuild() throws IOException;

  @Override
  default void close() {}
}
