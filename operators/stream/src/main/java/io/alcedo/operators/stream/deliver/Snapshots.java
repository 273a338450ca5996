package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.frames.FrameLookup;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import io.alcedo.operators.stream.paint.AlertPainter;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.util.Optional;

/**
 * Pictures of alerts, under the alert's id: drawn while the frame is still kept, and stored. For
 * one thread.
 */
final class Snapshots implements AutoCloseable {
  private final FrameStore frames;
  private final PictureStore store;
  private final SceneHistory scenes;

  /**
   * Opens them where they are used: a job carries this to its tasks.
   *
   * @param store folder of the pictures, a URI that all processes reach
   * @param scenes what is drawn besides
   */
  record Opener(FrameStore.Opener frames, URI store, SceneHistory scenes) implements Serializable {
    Snapshots open() {
      return new Snapshots(frames.open(), new PictureStore(store), scenes);
    }
  }

  Snapshots(FrameStore frames, PictureStore store, SceneHistory scenes) {
    this.frames = frames;
    this.store = store;
    this.scenes = scenes;
  }

  /**
   * An alert's picture: the stored one, else a new one, which is stored.
   *
   * @throws IOException if the store cannot be reached, or is full
   * @throws IllegalStateException if the frames cannot be reached
   */
  Snapshot of(Alert alert) throws IOException {
    Optional<byte[]> stored = store.find(alert.id());
    if (stored.isPresent()) {
      return new Snapshot(stored.get(), null);
    }
    if (alert.ref() == null) {
      return new Snapshot(null, "the alert is about no frame");
    }
    FrameLookup found = frames.find(alert.ref());
    CameraRecord frame = found.frameOrNull();
    if (frame == null) {
      return new Snapshot(null, reason(found, alert));
    }
    try {
      byte[] jpeg =
          AlertPainter.paint(frame.image(), alert, scenes.at(alert.camera(), alert.captureTime()));
      store.put(alert.id(), jpeg);
      return new Snapshot(jpeg, null);
    } catch (UndecodableFrameException e) {
      return new Snapshot(null, e.getMessage());
    }
  }

  private static String reason(FrameLookup found, Alert alert) {
    return found instanceof FrameLookup.Expired
        ? "the frame is no longer kept; raise the retention of frames"
        : "there is no frame at " + alert.ref();
  }

  PictureStore store() {
    return store;
  }

  @Override
  public void close() {
    frames.close();
  }
}
