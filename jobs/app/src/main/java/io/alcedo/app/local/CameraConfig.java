package io.alcedo.app.local;

import io.alcedo.connectors.camera.CameraSettings;
import io.alcedo.connectors.camera.JpegSettings;
import io.alcedo.connectors.camera.Pace;
import io.alcedo.connectors.camera.VideoOrigin;
import io.alcedo.connectors.camera.VideoSources;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A camera of a local run, as it is written in YAML.
 *
 * @param id letters, digits, '.', '_' and '-'
 * @param address file, rtsp://…, http://…, device:0 or sim://…; see {@link VideoSources}
 * @param pace of a source that is not live: max (default) or real-time
 * @param startTime event time of its first picture; default: the file's own
 * @param jpeg quality and width of what is sent
 */
public record CameraConfig(
    String id, String address, String pace, Instant startTime, JpegSettings jpeg) {
  public CameraConfig {
    if (address == null || address.isBlank()) {
      throw new IllegalArgumentException(
          "address is missing, expected a file, rtsp://…, device:0 or sim://street");
    }
    pace = pace == null ? "max" : pace;
    if (!pace.equals("max") && !pace.equals("real-time")) {
      throw new IllegalArgumentException("pace is '%s', expected max or real-time".formatted(pace));
    }
    // Refuses an id that no frame could carry.
    CameraSettings.of(id);
  }

  /** The camera that shows a file, under the file's name. */
  static CameraConfig ofFile(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    return new CameraConfig(name.replaceAll("[^\\w.-]", "-"), file.toString(), null, null, null);
  }

  /**
   * The camera that this describes.
   *
   * @param base folder to which a file's path is relative
   */
  LocalCamera resolve(Path base) {
    boolean isPath = !address.contains("://") && !address.startsWith("device:");
    VideoOrigin origin = VideoSources.at(isPath ? base.resolve(address).toString() : address);
    Pace chosen = pace.equals("max") ? Pace.MAX : Pace.REAL_TIME;
    return new LocalCamera(new CameraSettings(id, chosen, startTime, jpeg, null), origin);
  }
}
