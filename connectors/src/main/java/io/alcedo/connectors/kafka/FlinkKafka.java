package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.event.TrackedLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

/**
 * The Flink sources and sinks of one job.
 *
 * @param settings the cluster
 * @param job name of the job: consumer group, and prefix of transactional ids, so two jobs with one
 *     name on one cluster fence each other
 */
public record FlinkKafka(KafkaSettings settings, String job) {
  /**
   * Longest time between a checkpoint and its commit. Under the broker's limit of 15 min and over
   * any checkpoint interval plus restart: a transaction that times out in between loses its
   * records.
   */
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(14);

  /** One produce request per result costs more than the whole framework does. */
  private static final Duration LINGER = Duration.ofMillis(20);

  /** Frames, from the group's offsets, at first from the earliest. */
  public KafkaSource<CameraRecord> frames() {
    return source(Topic.FRAMES, new CameraRecordDeserializer());
  }

  /** Lines of detections, committed ones only. */
  public KafkaSource<DetectionLine> detections() {
    return source(Topic.DETECTIONS, new DetectionLineDeserializer());
  }

  /** Recorded frames; the source ends with them. */
  public KafkaSource<CameraRecord> frames(TopicRange recorded) {
    return source(recorded, new CameraRecordDeserializer());
  }

  /** Recorded lines of detections; the source ends with them. */
  public KafkaSource<DetectionLine> detections(TopicRange recorded) {
    return source(recorded, new DetectionLineDeserializer());
  }

  /** Lines of detections, exactly once. */
  public KafkaSink<DetectionLine> detectionsSink() {
    return sink(
        Topic.DETECTIONS,
        new DetectionLineSerializer(settings.topic(Topic.DETECTIONS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Dead letters, exactly once. */
  public KafkaSink<DeadLetter> deadLettersSink() {
    return sink(
        Topic.DEAD_LETTERS,
        new DeadLetterSerializer(settings.topic(Topic.DEAD_LETTERS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Revisions of rules, from the first on. */
  public KafkaSource<Revision> rules() {
    return revisions(Topic.RULES);
  }

  /** Revisions of cameras, from the first on. */
  public KafkaSource<Revision> cameras() {
    return revisions(Topic.CAMERAS);
  }

  private KafkaSource<Revision> revisions(Topic topic) {
    return source(topic, job, OffsetsInitializer.earliest(), new RevisionDeserializer(topic));
  }

  /** Lines that say how new an object is, from the group's offsets, at first from the earliest. */
  public KafkaSource<TrackedLine> novelty() {
    return source(Topic.NOVELTY, new TrackedLineDeserializer());
  }

  /** Tracked lines, exactly once. */
  public KafkaSink<TrackedLine> tracksSink() {
    return sink(
        Topic.TRACKS,
        new TrackedLineSerializer(settings.topic(Topic.TRACKS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Sums over windows of time, committed ones only. */
  public KafkaSource<AnalyticsRow> analytics() {
    return source(Topic.ANALYTICS, new AnalyticsRowDeserializer());
  }

  /** Sums over windows of time, exactly once. */
  public KafkaSink<AnalyticsRow> analyticsSink() {
    return sink(
        Topic.ANALYTICS,
        new AnalyticsRowSerializer(settings.topic(Topic.ANALYTICS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Alerts, at least once: they travel at once, and their id tells repeats. */
  public KafkaSink<Alert> alertsSink() {
    return alertsSink(DeliveryGuarantee.AT_LEAST_ONCE);
  }

  /** Alerts of a replay, exactly once: nobody waits for them. */
  public KafkaSink<Alert> replayedAlertsSink() {
    return alertsSink(DeliveryGuarantee.EXACTLY_ONCE);
  }

  private KafkaSink<Alert> alertsSink(DeliveryGuarantee guarantee) {
    return sink(Topic.ALERTS, new AlertSerializer(settings.topic(Topic.ALERTS)), guarantee);
  }

  /**
   * Alerts for one receiver.
   *
   * @param receiver has offsets of its own, so that none waits for another
   * @param since a receiver that is new gets what was raised from here on
   */
  public KafkaSource<Alert> alerts(String receiver, Instant since) {
    return source(
        Topic.ALERTS,
        receiverGroup(receiver),
        new CommittedOrSince(since.toEpochMilli()),
        new AlertDeserializer());
  }

  /** The consumer group of one receiver of alerts. */
  public String receiverGroup(String receiver) {
    return job + "-" + receiver;
  }

  /** Snoozes, from the first on. */
  public KafkaSource<Snooze> snoozes() {
    return source(Topic.SNOOZES, job, OffsetsInitializer.earliest(), new SnoozeDeserializer());
  }

  /** Crops, committed ones only. */
  public KafkaSource<Crop> crops() {
    return source(Topic.CROPS, new CropDeserializer());
  }

  /** Crops, exactly once. */
  public KafkaSink<Crop> cropsSink() {
    return sink(
        Topic.CROPS,
        new CropSerializer(settings.topic(Topic.CROPS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Vectors, exactly once. */
  public KafkaSink<Embedding> embeddingsSink() {
    return sink(
        Topic.EMBEDDINGS,
        new EmbeddingSerializer(settings.topic(Topic.EMBEDDINGS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  /** Model events, exactly once. */
  public KafkaSink<ModelEvent> modelEventsSink() {
    return sink(
        Topic.MODEL_EVENTS,
        new ModelEventSerializer(settings.topic(Topic.MODEL_EVENTS)),
        DeliveryGuarantee.EXACTLY_ONCE);
  }

  @SuppressWarnings("deprecation") // the connector's interface asks for the client's old enum
  private <T> KafkaSource<T> source(Topic topic, KafkaRecordDeserializationSchema<T> deserializer) {
    return source(
        topic,
        job,
        OffsetsInitializer.committedOffsets(
            org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST),
        deserializer);
  }

  private <T> KafkaSource<T> source(
      Topic topic,
      String group,
      OffsetsInitializer start,
      KafkaRecordDeserializationSchema<T> deserializer) {
    return KafkaSource.<T>builder()
        .setProperties(settings.consumer())
        .setTopics(settings.topic(topic))
        .setGroupId(group)
        .setClientIdPrefix(group + "-" + topic.baseName())
        .setStartingOffsets(start)
        .setDeserializer(deserializer)
        .build();
  }

  private <T> KafkaSource<T> source(
      TopicRange recorded, KafkaRecordDeserializationSchema<T> deserializer) {
    return KafkaSource.<T>builder()
        .setProperties(settings.consumer())
        .setPartitions(recorded.partitions())
        .setGroupId(job)
        .setClientIdPrefix(job + "-" + recorded.topic())
        .setStartingOffsets(OffsetsInitializer.offsets(recorded.starts()))
        .setBounded(OffsetsInitializer.offsets(recorded.ends()))
        .setDeserializer(deserializer)
        .build();
  }

  private <T> KafkaSink<T> sink(
      Topic topic, TopicSerializer<T> serializer, DeliveryGuarantee guarantee) {
    Properties producer = settings.producer();
    producer.putIfAbsent("linger.ms", String.valueOf(LINGER.toMillis()));
    producer.putIfAbsent("transaction.timeout.ms", String.valueOf(TRANSACTION_TIMEOUT.toMillis()));
    return KafkaSink.<T>builder()
        .setBootstrapServers(settings.bootstrap())
        .setKafkaProducerConfig(producer)
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(guarantee)
        .setTransactionalIdPrefix(job + "-" + topic.baseName())
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .build();
  }
}
