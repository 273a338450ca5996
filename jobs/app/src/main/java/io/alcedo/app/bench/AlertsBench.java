package io.alcedo.app.bench;

import io.alcedo.app.local.CheckpointFolder;
import io.alcedo.app.local.GroupProgress;
import io.alcedo.app.local.LocalCluster;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.jobs.JobConfig;
import io.alcedo.jobs.RunConfig;
import io.alcedo.jobs.StreamJob;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * How long alerts take when many cameras are looked at: StreamJob with its usual settings, broker,
 * cameras and the receiver of the alerts in this process. The time of an alert is from when the
 * broker appended the line at which it came true (or was true no longer) to when a consumer has it.
 */
public final class AlertsBench {
  private static final String NAME = "bench";
  private static final String JOB = "stream job";
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Clock CLOCK = Clock.systemUTC();

  /** An alert that arrived, ms since 1970. */
  private record Arrival(FrameId frame, long at) {}

  private final AlertLoad load;
  private final PrintWriter out;
  private final List<Arrival> arrivals = new ArrayList<>();

  public AlertsBench(AlertLoad load, PrintWriter out) {
    this.load = load;
    this.out = out;
  }

  /** Runs and prints. */
  public void run() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start();
        CheckpointFolder checkpoints = new CheckpointFolder();
        LocalCluster cluster = LocalCluster.start(load.parallelism())) {
      KafkaSettings kafka = broker.settings();
      TopicCreator.ensure(kafka, EnumSet.allOf(Topic.class));
      JobConfig job = job(kafka, checkpoints);
      cluster.submit(JOB, job.run(), stages -> StreamJob.build(stages, job));
      try (KafkaConsumer<byte[], byte[]> alerts = alerts(kafka);
          LineFeeder feeder = new LineFeeder(kafka, load, CLOCK)) {
        feeder.start();
        receive(alerts, cluster, load.warmUp());
        MachineLoad before = MachineLoad.now();
        long from = CLOCK.millis();
        receive(alerts, cluster, load.duration());
        long to = CLOCK.millis();
        MachineLoad after = MachineLoad.now();
        feeder.stop();
        long stopped = System.nanoTime();
        catchUp(alerts, cluster, kafka, feeder);
        double drained = (System.nanoTime() - stopped) / 1e9;
        receive(alerts, cluster, POLL.multipliedBy(10));
        report(feeder.appended(), from, to, drained, before, after);
      }
    }
  }

  private void catchUp(
      KafkaConsumer<byte[], byte[]> alerts,
      LocalCluster cluster,
      KafkaSettings kafka,
      LineFeeder feeder)
      throws Exception {
    long stopped = System.nanoTime();
    try (GroupProgress progress = new GroupProgress(kafka, NAME + "-stream", feeder.ends())) {
      while (progress.missing() > 0) {
        receive(alerts, cluster, POLL);
        if (System.nanoTime() - stopped > PATIENCE.toNanos()) {
          throw new IllegalStateException(
              "%d lines are not processed %d s after the last was appended: this is too much for this machine"
                  .formatted(progress.missing(), PATIENCE.toSeconds()));
        }
      }
    }
  }

  private JobConfig job(KafkaSettings kafka, CheckpointFolder checkpoints) {
    WalkerRules asked = WalkerRules.USUAL;
    return new JobConfig(
        NAME,
        kafka,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new RunConfig(load.parallelism(), null, checkpoints.uri(), null),
        asked.scenes(),
        asked.rules(),
        asked.analytics(),
        null,
        null);
  }

  private static KafkaConsumer<byte[], byte[]> alerts(KafkaSettings kafka) {
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    String topic = kafka.topic(Topic.ALERTS);
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private void receive(
      KafkaConsumer<byte[], byte[]> alerts, LocalCluster cluster, Duration duration)
      throws Exception {
    long began = System.nanoTime();
    while (System.nanoTime() - began < duration.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : alerts.poll(POLL)) {
        add(record.value(), CLOCK.millis());
      }
    }
    cluster.check();
  }

  private void add(byte[] alert, long at) throws WireFormatException {
    arrivals.add(new Arrival(AlertCodec.read(alert).frame(), at));
  }

  private void report(
      Map<FrameId, Long> appended,
      long from,
      long to,
      double drained,
      MachineLoad before,
      MachineLoad after) {
    long[] millis =
        arrivals.stream()
            .filter(arrival -> isBetween(appended.get(arrival.frame()), from, to))
            .mapToLong(arrival -> arrival.at() - appended.get(arrival.frame()))
            .sorted()
            .toArray();
    double seconds = (to - from) / 1e3;
    long lines = appended.values().stream().filter(time -> isBetween(time, from, to)).count();
    out.printf(
        Locale.ROOT,
        "%d cameras x %.1f lines/s, %d people in each, %d rules, parallelism %d, for %.0f s after %d s%n",
        load.cameras(),
        load.rate(),
        load.people(),
        WalkerRules.USUAL.rules().size(),
        load.parallelism(),
        seconds,
        load.warmUp().toSeconds());
    out.printf(
        Locale.ROOT,
        "lines appended %.1f/s of %.1f; all were processed %.1f s after the last (checkpoints every %d s)%n",
        lines / seconds,
        load.linesPerSecond(),
        drained,
        RunConfig.DEFAULT.checkpointInterval().toSeconds());
    out.printf(
        Locale.ROOT,
        "alerts %d, %.1f/s%s%n",
        millis.length,
        millis.length / seconds,
        quantiles(millis));
    out.printf(
        Locale.ROOT,
        "CPU %.2f cores (job, broker, cameras and receiver), other processes %.2f%n",
        (after.own() - before.own()) / seconds,
        after.othersSince(before) * (after.all() - before.all()) / seconds);
    out.flush();
  }

  private static boolean isBetween(Long time, long from, long to) {
    return time != null && time >= from && time < to;
  }

  private static String quantiles(long[] sorted) {
    return sorted.length == 0
        ? ""
        : ": from append to receiver p50 %d ms, p90 %d ms, p99 %d ms, most %d ms"
            .formatted(
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                Arrays.stream(sorted).max().orElse(0));
  }

  /** The least value that so many do not exceed. */
  private static long quantile(long[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
