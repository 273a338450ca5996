package io.alcedo.jobs;

import io.alcedo.connectors.notify.ChannelSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The block {@code delivery} of a job's YAML: who is told of alerts.
 *
 * @param snapshots where the alerts' pictures lie
 * @param channels receivers; default none
 */
public record DeliveryConfig(SnapshotConfig snapshots, List<ChannelSettings> channels) {
  public static final DeliveryConfig DEFAULT = new DeliveryConfig(null, null);

  /** Receives every alert too, and is not a channel. */
  static final String SNAPSHOTS = "snapshots";

  public DeliveryConfig {
    channels = channels == null ? List.of() : List.copyOf(channels);
    Set<String> names = new HashSet<>(Set.of(SNAPSHOTS));
    for (ChannelSettings channel : channels) {
      if (!names.add(channel.name())) {
        throw new IllegalArgumentException(
            "channels has '%s' twice, or it is 'snapshots'; give another name"
                .formatted(channel.name()));
      }
    }
  }

  /** The same, with pictures somewhere else unless it says where. */
  public DeliveryConfig withDefault(SnapshotConfig other) {
    return snapshots == null ? new DeliveryConfig(other, channels) : this;
  }
}
