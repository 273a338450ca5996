package io.alcedo.app.local;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.operators.stream.scene.Scene;
import java.time.Duration;
import java.util.List;

/**
 * What a local run looks at.
 *
 * @param cameras at least one, with different ids
 * @param scenes what they look at
 * @param duration after which cameras are closed; null waits for their ends
 */
public record RunSource(List<LocalCamera> cameras, List<Scene> scenes, Duration duration) {
  public RunSource {
    cameras = List.copyOf(cameras);
    scenes = List.copyOf(scenes);
    if (cameras.isEmpty()) {
      throw new InvalidInputException(
          "No camera. Give --video FILE, or --config with cameras or videos.");
    }
    List<String> ids = cameras.stream().map(camera -> camera.settings().camera()).toList();
    for (String id : ids) {
      if (ids.indexOf(id) != ids.lastIndexOf(id)) {
        throw new InvalidInputException(
            "Two cameras are called '%s'. Give them different ids, or the files different names."
                .formatted(id));
      }
    }
  }

  /** The same for another time. */
  RunSource lasting(Duration other) {
    return new RunSource(cameras, scenes, other);
  }

  /** Whether it goes on until somebody ends it, so that cameras may come and go. */
  boolean isLive() {
    return cameras.stream().anyMatch(camera -> camera.origin().isLive());
  }

  /** Whether pictures of a camera come at their own time. */
  boolean isInRealTime() {
    return cameras.stream().anyMatch(LocalCamera::isInRealTime);
  }
}
