package io.alcedo.connectors.camera;

import io.alcedo.connectors.InvalidInputException;

/** Where pictures come from: opened once, or again after each break. */
public interface VideoOrigin {
  /** The address, for messages: without user and password. */
  String name();

  /**
   * Whether pictures come by themselves and are lost if nobody takes them. A live origin that ends
   * or fails is opened again; one that is not live is read once, from its beginning to its end.
   */
  boolean isLive();

  /**
   * Opens it, within bounded time.
   *
   * @throws InvalidInputException if that fails; the message says what, where and the remedy
   */
  VideoSource open();
}
