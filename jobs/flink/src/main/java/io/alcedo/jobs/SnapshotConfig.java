package io.alcedo.jobs;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.operators.stream.deliver.SnapshotRetention;
import java.net.URI;
import java.time.Duration;

/**
 * The block {@code delivery.snapshots} of a job's YAML: where the pictures of alerts lie.
 *
 * @param store folder, a URI that all processes reach
 * @param keep older ones are deleted; default never
 * @param mostMegabytes of all together, beyond which the oldest are deleted; default any number
 */
public record SnapshotConfig(String store, Duration keep, Integer mostMegabytes) {
  public SnapshotConfig {
    if (store == null || URI.create(store).getScheme() == null) {
      throw new IllegalArgumentException(
          "store is '%s', expected a URI such as file:///var/lib/alcedo/snapshots"
              .formatted(store));
    }
    if (keep != null && keep.isZero()) {
      throw new IllegalArgumentException("keep is 0, expected a duration such as 7d");
    }
    if (mostMegabytes != null && mostMegabytes < 1) {
      throw new IllegalArgumentException(
          "mostMegabytes is %d, expected 1 or more".formatted(mostMegabytes));
    }
  }

  /** In a folder, for ever. */
  public static SnapshotConfig in(URI folder) {
    return new SnapshotConfig(folder.toString(), null, null);
  }

  /**
   * Where they lie.
   *
   * @throws InvalidInputException if there is no file system for it
   */
  public PictureStore pictures() {
    return new PictureStore(uri()).requireFileSystem("delivery.snapshots.store");
  }

  URI uri() {
    return URI.create(store);
  }

  SnapshotRetention retention() {
    return new SnapshotRetention(keep, mostMegabytes == null ? null : mostMegabytes * 1_000_000L);
  }
}
