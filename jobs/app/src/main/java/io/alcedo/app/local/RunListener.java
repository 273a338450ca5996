package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.event.Alert;
import java.util.List;

/** Is told how a run goes. */
public interface RunListener {
  /**
   * Called several times a second.
   *
   * @param cameras how the cameras do
   * @param accounting what the topics say so far
   */
  void progress(List<CameraStatus> cameras, Accounting accounting);

  /** Called once for each alert, as it appears. */
  void alert(Alert alert);
}
