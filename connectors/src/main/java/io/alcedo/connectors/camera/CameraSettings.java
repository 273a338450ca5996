package io.alcedo.connectors.camera;

import io.alcedo.connectors.event.FrameId;
import java.time.Instant;

/**
 * How one camera is published.
 *
 * @param camera its id
 * @param pace of a source that is not live
 * @param startTime event time of media time 0 of a source that is not live; null takes the source's
 *     own, else 2000-01-01T00:00Z
 * @param jpeg how pictures are encoded
 * @param reconnection what happens when a live source breaks off
 */
public record CameraSettings(
    String camera, Pace pace, Instant startTime, JpegSettings jpeg, Reconnection reconnection) {
  public CameraSettings {
    FrameId.requireCamera(camera);
    pace = pace == null ? Pace.MAX : pace;
    jpeg = jpeg == null ? JpegSettings.DEFAULT : jpeg;
    reconnection = reconnection == null ? Reconnection.DEFAULT : reconnection;
  }

  /** A camera with every default. */
  public static CameraSettings of(String camera) {
    return new CameraSettings(camera, null, null, null, null);
  }
}
