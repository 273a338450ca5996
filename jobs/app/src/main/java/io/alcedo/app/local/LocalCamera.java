package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.Pace;
import io.alcedo.connectors.camera.VideoOrigin;
import io.alcedo.connectors.camera.VideoSource;
import io.alcedo.connectors.camera.VideoSources;

/** A camera of a local run: where its pictures come from and how they are sent. */
public record LocalCamera(CameraSettings settings, VideoOrigin origin) {

  /**
   * A camera at an address that sends as if it were live.
   *
   * @throws io.alcedo.connectors.InvalidInputException if no address has this form
   */
  public static LocalCamera inRealTime(String id, String address) {
    return new LocalCamera(
        new CameraSettings(id, Pace.REAL_TIME, null, null, null), VideoSources.at(address));
  }

  /** Whether pictures come at their own time, so that those which wait too long are worthless. */
  boolean isInRealTime() {
    return origin.isLive() || settings.pace() == Pace.REAL_TIME;
  }

  /**
   * Opens a source that can be opened twice, so that one that cannot be used is known before
   * anything starts. A live one is tried when it begins.
   */
  void check() {
    if (!origin.isLive()) {
      try (VideoSource source = origin.open()) {
        source.framesPerSecond();
      }
    }
  }
}
