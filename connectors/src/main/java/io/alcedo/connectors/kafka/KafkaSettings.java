package io.alcedo.connectors.kafka;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach a Kafka cluster.
 *
 * @param bootstrap host:port, several separated by commas
 * @param topicPrefix put before every topic's name; may be empty
 * @param partitions of the topics that Alcedo creates: fixed for the life of {@code frames}
 * @param replication of the topics that Alcedo creates; -1 leaves it to the broker
 * @param maxRecordBytes largest record: raised at producer, topic and consumer together
 * @param properties passed on to every client as they are (TLS, SASL, timeouts)
 */
public record KafkaSettings(
    String bootstrap,
    String topicPrefix,
    Integer partitions,
    Integer replication,
    Integer maxRecordBytes,
    Map<String, String> properties)
    implements Serializable {
  private static final int DEFAULT_PARTITIONS = 4;
  private static final int DEFAULT_MAX_RECORD_BYTES = 16 << 20;

  public KafkaSettings {
    if (bootstrap == null || !bootstrap.contains(":")) {
      throw new IllegalArgumentException(
          "bootstrap is '%s', expected host:port".formatted(bootstrap));
    }
    topicPrefix = topicPrefix == null ? "" : topicPrefix;
    partitions = partitions == null ? DEFAULT_PARTITIONS : partitions;
    replication = replication == null ? -1 : replication;
    maxRecordBytes = maxRecordBytes == null ? DEFAULT_MAX_RECORD_BYTES : maxRecordBytes;
    properties = properties == null ? new HashMap<>() : new HashMap<>(properties);
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "partitions is %d, expected 1 or more".formatted(partitions));
    }
    if (maxRecordBytes < 1 << 20) {
      throw new IllegalArgumentException(
          "maxRecordBytes is %d, expected at least 1048576".formatted(maxRecordBytes));
    }
  }

  /** A cluster with every default. */
  public static KafkaSettings at(String bootstrap) {
    return new KafkaSettings(bootstrap, null, null, null, null, null);
  }

  /** The same cluster under another address. */
  public KafkaSettings withBootstrap(String other) {
    return new KafkaSettings(
        other, topicPrefix, partitions, replication, maxRecordBytes, properties);
  }

  /** A topic's name with the prefix. */
  public String topic(Topic topic) {
    return topic.name(topicPrefix);
  }

  /** The same cluster, with topics whose names have this too, behind the prefix. */
  public KafkaSettings below(String prefix) {
    return new KafkaSettings(
        bootstrap, topicPrefix + prefix, partitions, replication, maxRecordBytes, properties);
  }

  /** Properties of an admin client. */
  public Properties admin() {
    return clientProperties();
  }

  /** Properties of a producer that loses and repeats nothing by itself. */
  public Properties producer() {
    Properties all = new Properties();
    all.put("acks", "all");
    all.put("enable.idempotence", "true");
    all.put("max.request.size", String.valueOf(maxRecordBytes));
    all.put("buffer.memory", String.valueOf(Math.max(64 << 20, 2 * maxRecordBytes)));
    all.putAll(clientProperties());
    return all;
  }

  /** Properties of a consumer that sees committed records only. */
  public Properties consumer() {
    Properties all = new Properties();
    all.put("isolation.level", "read_committed");
    all.put("max.partition.fetch.bytes", String.valueOf(maxRecordBytes));
    all.put("auto.offset.reset", "earliest");
    all.put("enable.auto.commit", "false");
    all.putAll(clientProperties());
    return all;
  }

  private Properties clientProperties() {
    Properties all = new Properties();
    all.putAll(properties);
    all.put("bootstrap.servers", bootstrap);
    return all;
  }
}
