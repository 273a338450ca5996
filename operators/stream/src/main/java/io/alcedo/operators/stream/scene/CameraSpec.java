package io.alcedo.operators.stream.scene;

import io.alcedo.connectors.camera.JpegSettings;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.operators.stream.control.Revised;
import io.alcedo.operators.stream.control.Revisions;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * One revision of a camera, as their topic has it: where its pictures come from, and what it looks
 * at. What a revision leaves out stays as it was.
 *
 * @param camera whose; absent, or *: of all cameras that have no scene of their own
 * @param revision counts from 1; default 1
 * @param effectiveFrom event time from which this revision holds; default: always
 * @param enabled false: it is removed, and sends no pictures; true: it does again
 * @param address where its pictures come from
 * @param pace of a source that is not live: max or real-time
 * @param jpeg how its pictures are sent
 * @param scene what it looks at
 */
public record CameraSpec(
    String camera,
    Integer revision,
    Instant effectiveFrom,
    Boolean enabled,
    String address,
    String pace,
    JpegSettings jpeg,
    View scene)
    implements Revised, Serializable {
  /** The id under which the scene of all cameras is known; no camera can have it. */
  public static final String ALL = "*";

  /** Cameras as their topic has them. */
  public static final Revisions<CameraSpec> REVISIONS =
      new Revisions<>(Topic.CAMERAS, "camera", CameraSpec.class);

  /**
   * What a camera looks at.
   *
   * @param zones polygons
   * @param lines that may be crossed
   * @param ground for metres and speed; or null
   */
  public record View(List<Zone> zones, List<TripLine> lines, Ground ground)
      implements Serializable {
    public View {
      Scene checked = new Scene(null, null, null, zones, lines, ground);
      zones = checked.zones();
      lines = checked.lines();
    }
  }

  public CameraSpec {
    camera = camera == null ? ALL : camera;
    revision = revision == null ? 1 : revision;
    Checks.require(revision >= 1, "revision is %d, expected 1 or more".formatted(revision));
    effectiveFrom = effectiveFrom == null ? Instant.EPOCH : effectiveFrom;
    if (camera.equals(ALL)) {
      Checks.require(
          address == null && enabled == null,
          "camera is missing: an address, and whether it is enabled, are of one camera");
    } else {
      FrameId.requireCamera(camera);
    }
    Checks.require(address == null || !address.isBlank(), "address is empty, leave it out");
    Checks.require(
        address != null || (pace == null && jpeg == null),
        "address is missing, which pace and jpeg belong to");
  }

  /** The revision of a camera whose scene is in a file. */
  public static CameraSpec of(Scene scene) {
    View view = new View(scene.zones(), scene.lines(), scene.ground());
    return new CameraSpec(
        scene.camera(), scene.revision(), scene.effectiveFrom(), null, null, null, null, view);
  }

  @Override
  public String id() {
    return camera;
  }

  /** Whether the camera is removed by this revision. */
  public boolean isRemoved() {
    return Boolean.FALSE.equals(enabled);
  }

  /** The scene that begins with this revision; null if it says nothing of it. */
  Scene revisedScene() {
    return scene == null
        ? null
        : new Scene(
            camera.equals(ALL) ? null : camera,
            revision,
            effectiveFrom,
            scene.zones(),
            scene.lines(),
            scene.ground());
  }
}
