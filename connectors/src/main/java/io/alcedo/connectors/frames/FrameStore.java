package io.alcedo.connectors.frames;

import io.alcedo.connectors.event.FrameRef;
import java.io.Serializable;

/** Gives the pictures back that lines and alerts refer to. May be used by several threads. */
public interface FrameStore extends AutoCloseable {
  /** Opens a store where it is used: a job carries this to its tasks. */
  interface Opener extends Serializable {
    FrameStore open();
  }

  /**
   * Looks a frame up, within bounded time.
   *
   * @throws IllegalStateException if the store cannot be reached, which says nothing of the frame
   */
  FrameLookup find(FrameRef ref);

  @Override
  void close();
}
