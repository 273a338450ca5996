package io.alcedo.jobs;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.FlinkKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.notify.ChannelSettings;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.connectors.wire.SnoozeCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.deliver.DeliveryStage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code alerts ─┬─► snapshots ──────────────► JPEG files}<br>
 * {@code ├─► gate ──► deliver ──► channel, with its picture}<br>
 * {@code └─► … for each channel; dead-letters}
 *
 * <p>A job of its own, and in it each channel reads for itself: whoever is away keeps nobody else
 * waiting.
 */
public final class DeliverJob {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverJob.class);
  private static final String NAME = "deliver";

  private DeliverJob() {}

  /** Submits the job to the surrounding cluster. */
  public static void main(String[] arguments) throws Exception {
    JobConfig config = JobConfig.fromArguments(arguments);
    check(config);
    TopicCreator.ensure(
        config.kafka(),
        EnumSet.of(Topic.ALERTS, Topic.SNOOZES, Topic.CAMERAS, Topic.FRAMES, Topic.DEAD_LETTERS));
    StreamExecutionEnvironment environment = config.run().environment();
    build(environment, config);
    environment.execute(config.name() + " deliver");
  }

  /**
   * Opens every channel once, and the store of pictures, so that a missing secret or file system is
   * known before anything starts.
   *
   * @throws InvalidInputException if one cannot be opened, or nothing says where pictures go
   */
  public static void check(JobConfig config) {
    if (config.delivery().snapshots() == null) {
      throw new InvalidInputException(
          "delivery.snapshots is missing: give a block with store, a folder that all processes reach");
    }
    var unused = config.delivery().snapshots().pictures();
    config.delivery().channels().forEach(channel -> channel.open().close());
  }

  /** Adds the job's stages to an environment. */
  public static void build(StreamExecutionEnvironment environment, JobConfig config) {
    FlinkKafka kafka = config.kafkaOf(NAME);
    KafkaSettings settings = config.kafka();
    SnapshotConfig snapshots = config.delivery().snapshots();
    DeliveryStage stage =
        new DeliveryStage(
            () -> new KafkaFrameStore(settings), snapshots.uri(), Control.scenes(config));
    Instant now = Clock.systemUTC().instant();
    DataStream<DeadLetter> dead =
        stage.snapshots(
            alerts(environment, kafka, DeliveryConfig.SNAPSHOTS, now), snapshots.retention());
    List<ChannelSettings> channels = config.delivery().channels();
    if (!channels.isEmpty()) {
      List<Snooze> seeds = snoozes(settings);
      DataStream<Snooze> live =
          environment
              .fromSource(kafka.snoozes(), WatermarkStrategy.noWatermarks(), "snoozes")
              .uid("snoozes")
              .setParallelism(1);
      for (ChannelSettings channel : channels) {
        DataStream<Alert> alerts = alerts(environment, kafka, channel.name(), now);
        dead = dead.union(stage.channel(alerts, channel, seeds, live));
      }
    }
    Sinks.deadLetters(dead, kafka);
  }

  /** The consumer groups of all who receive alerts: their offsets say how far they are. */
  public static List<String> groups(JobConfig config) {
    return Stream.concat(
            Stream.of(DeliveryConfig.SNAPSHOTS),
            config.delivery().channels().stream().map(ChannelSettings::name))
        .map(config.kafkaOf(NAME)::receiverGroup)
        .toList();
  }

  private static DataStream<Alert> alerts(
      StreamExecutionEnvironment environment, FlinkKafka kafka, String receiver, Instant since) {
    return environment
        .fromSource(
            kafka.alerts(receiver, since),
            WatermarkStrategy.noWatermarks(),
            "alerts for " + receiver)
        .uid("alerts-" + receiver);
  }

  /** A job must not begin without them. */
  private static List<Snooze> snoozes(KafkaSettings kafka) {
    List<Snooze> snoozes = new ArrayList<>();
    try (CompactedTopic topic = CompactedTopic.read(kafka, Topic.SNOOZES)) {
      for (byte[] value : topic.values().values()) {
        try {
          snoozes.add(SnoozeCodec.read(value));
        } catch (WireFormatException e) {
          LOG.warn("Left out a snooze: {}", e.getMessage());
        }
      }
    }
    return snoozes;
  }
}
