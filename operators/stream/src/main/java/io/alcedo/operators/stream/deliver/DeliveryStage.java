package io.alcedo.operators.stream.deliver;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.notify.ChannelSettings;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;

/** From alerts to those who are told of them, and to their pictures, as part of a job. */
public final class DeliveryStage {
  private static final int SNAPSHOTS_AT_ONCE = 64;
  private static final Duration SNAPSHOT_PATIENCE = Duration.ofMinutes(2);

  /** So many may wait for a receiver that is away before the channel reads no further. */
  private static final int DELIVERIES_AT_ONCE = 1000;

  private static final Duration SLACK = Duration.ofMinutes(10);

  private final Snapshots.Opener snapshots;

  /**
   * Prepares.
   *
   * @param frames where pictures come from
   * @param store folder of the snapshots, a URI that all processes reach
   * @param scenes what is drawn besides
   */
  public DeliveryStage(FrameStore.Opener frames, URI store, SceneHistory scenes) {
    this.snapshots = new Snapshots.Opener(frames, store, scenes);
  }

  /** Adds the drawing of pictures. The result is what could not be drawn. */
  public DataStream<DeadLetter> snapshots(DataStream<Alert> alerts, SnapshotRetention retention) {
    return AsyncDataStream.unorderedWait(
            alerts
                .filter(alert -> alert.state() == Alert.State.RAISED)
                .uid("snapshot-raised")
                .name("raised"),
            new SnapshotFunction(snapshots, retention),
            SNAPSHOT_PATIENCE.toMillis(),
            TimeUnit.MILLISECONDS,
            SNAPSHOTS_AT_ONCE)
        .uid("snapshots")
        .name("snapshots");
  }

  /**
   * Adds one channel. The result is what it did not take.
   *
   * @param seeds snoozes that are known from the beginning
   * @param snoozes those that come while it runs
   */
  public DataStream<DeadLetter> channel(
      DataStream<Alert> alerts,
      ChannelSettings channel,
      List<Snooze> seeds,
      DataStream<Snooze> snoozes) {
    DataStream<Alert> wanted =
        alerts
            .keyBy(new AlertById())
            .connect(snoozes.broadcast(AlertGate.SNOOZES))
            .process(new AlertGate(channel, seeds))
            .uid("gate-" + channel.name())
            .name("for " + channel.name());
    Duration patience = channel.retry().giveUpAfter().plus(channel.retry().longest()).plus(SLACK);
    return AsyncDataStream.unorderedWait(
            wanted,
            new DeliverFunction(channel, snapshots),
            patience.toMillis(),
            TimeUnit.MILLISECONDS,
            DELIVERIES_AT_ONCE)
        .uid("deliver-" + channel.name())
        .name("deliver to " + channel.name());
  }
}
