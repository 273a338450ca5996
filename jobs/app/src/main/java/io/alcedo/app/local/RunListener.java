package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.ModelEvent;
import java.net.URI;
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

  /** Called once where a run has a broker of its own: host:port. */
  default void broker(String bootstrap) {}

  /** Called once where a run has an index: the address that answers searches. */
  default void searches(URI address) {}

  /** Called once for each camera that comes, goes, or cannot. */
  default void camera(String camera, String what) {}

  /** Called once for each thing that happens to a model, as it appears. */
  default void modelEvent(ModelEvent event) {}

  /** Called with what somebody who looks on should know. */
  default void notice(String text) {}
}
