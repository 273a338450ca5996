package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.RuleRevision;
import io.alcedo.connectors.event.TrackedLine;
import java.time.Duration;
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
  public KafkaSource<RuleRevision> rules() {
    return KafkaSource.<RuleRevision>builder()
        .setProperties(settings.consumer())
        .setTopics(settings.topic(Topic.RULES))
        .setGroupId(job)
        .setClientIdPrefix(job + "-" + Topic.RULES.baseName())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setDeserializer(new RuleRevisionDeserializer())
        .build();
  }

  /** Tracked lines, exactly once. */
  public KafkaSink<TrackedLine> tracksSink() {
    return sink(
        Topic.TRACKS,
        new TrackedLineSerializer(settings.topic(Topic.TRACKS)),
        DeliveryGuarantee.EXACTLY_ONCE);
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
    return sink(
        Topic.ALERTS,
        new AlertSerializer(settings.topic(Topic.ALERTS)),
        DeliveryGuarantee.AT_LEAST_ONCE);
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
    return KafkaSource.<T>builder()
        .setProperties(settings.consumer())
        .setTopics(settings.topic(topic))
        .setGroupId(job)
        .setClientIdPrefix(job + "-" + topic.baseName())
        .setStartingOffsets(
            OffsetsInitializer.committedOffsets(
                org.apache.kafka.clients.consumer.OffsetResetStrategy.EARLIEST))
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
