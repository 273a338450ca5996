package io.alcedo.operators.stream.scene;

import io.alcedo.connectors.InvalidInputException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * All revisions of the cameras' scenes. A frame is looked at through the newest revision whose
 * {@code effectiveFrom} is not after its capture time, whenever it is processed; before the first
 * one of its camera, through that of all cameras.
 */
public final class SceneHistory implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String ANY = CameraSpec.ALL;

  private final HashMap<String, ArrayList<Scene>> byCamera = new HashMap<>(); // newest first

  /**
   * Sorts revisions.
   *
   * @throws InvalidInputException if a revision is there twice
   */
  public SceneHistory(List<Scene> revisions) {
    Set<String> versions = new HashSet<>();
    for (Scene scene : revisions) {
      String camera = scene.camera() == null ? ANY : scene.camera();
      if (!versions.add(camera + "@" + scene.revision())) {
        throw new InvalidInputException(
            "scenes has revision %d of %s twice; give another revision"
                .formatted(scene.revision(), camera.equals(ANY) ? "all cameras" : camera));
      }
      byCamera.computeIfAbsent(camera, unused -> new ArrayList<>()).add(scene);
    }
    for (Map.Entry<String, ArrayList<Scene>> entry : byCamera.entrySet()) {
      entry.getValue().sort(Comparator.comparing(Scene::revision).reversed());
    }
  }

  /** What revisions of cameras say of their scenes. */
  public static SceneHistory of(List<CameraSpec> cameras) {
    return new SceneHistory(
        cameras.stream().map(CameraSpec::revisedScene).filter(Objects::nonNull).toList());
  }

  /** The scene of a camera at a time; an empty one if nothing is known. */
  public Scene at(String camera, Instant captureTime) {
    Scene own = newest(camera, captureTime);
    Scene known = own == null ? newest(ANY, captureTime) : own;
    return known == null ? Scene.EMPTY : known;
  }

  private Scene newest(String camera, Instant captureTime) {
    List<Scene> revisions = byCamera.get(camera);
    if (revisions != null) {
      for (Scene scene : revisions) {
        if (!scene.effectiveFrom().isAfter(captureTime)) {
          return scene;
        }
      }
    }
    return null;
  }
}
