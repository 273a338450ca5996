package io.alcedo.app.alerts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.SnoozeCodec;
import io.alcedo.connectors.wire.WireFormatException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The alerts of a cluster: what its topics say, and what people say to them. */
public final class AlertBook {
  private final KafkaSettings kafka;

  /** What is known of one alert, in the order in which it came about. */
  public record Entry(Map<Alert.State, Alert> states) {
    /** How it began, as far as is still known. */
    public Alert first() {
      return states.values().iterator().next();
    }

    public boolean is(Alert.State state) {
      return states.containsKey(state);
    }

    /** Raised, neither seen to nor over. A moment's alert is never over: it waits to be seen. */
    public boolean isOpen() {
      return !is(Alert.State.ACKNOWLEDGED) && !is(Alert.State.RESOLVED);
    }
  }

  public AlertBook(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** All that the topic still holds, in the order in which they were raised. */
  public List<Entry> read() {
    Map<String, Map<Alert.State, Alert>> byId = new LinkedHashMap<>();
    try (TopicScan scan = new TopicScan(kafka)) {
      Map<TopicPartition, Long> from = new HashMap<>();
      for (TopicPartition partition : scan.partitions(kafka, Topic.ALERTS)) {
        from.put(partition, scan.beginning(partition));
      }
      scan.read(
          from,
          record -> {
            add(byId, record.value());
            return true;
          });
    }
    List<Entry> entries = new ArrayList<>();
    byId.values().forEach(states -> entries.add(new Entry(states)));
    entries.sort((a, b) -> a.first().raisedAt().compareTo(b.first().raisedAt()));
    return entries;
  }

  private static void add(Map<String, Map<Alert.State, Alert>> byId, byte[] bytes) {
    try {
      Alert alert = AlertCodec.read(bytes);
      byId.computeIfAbsent(alert.id(), unused -> new EnumMap<>(Alert.State.class))
          .put(alert.state(), alert);
    } catch (WireFormatException e) {
      // Of another version: those who read the topic all the time count and log it.
    }
  }

  /**
   * The alert of an id, or of the beginning of one.
   *
   * @throws InvalidInputException if there is none, or more than one
   */
  public Entry find(String id) {
    List<Entry> found = read().stream().filter(entry -> entry.first().id().startsWith(id)).toList();
    if (found.size() != 1) {
      throw new InvalidInputException(
          found.isEmpty()
              ? "no alert '%s' in the topic; `alerts list` shows what there is".formatted(id)
              : "%d alerts begin with '%s'; give more of the id".formatted(found.size(), id));
    }
    return found.get(0);
  }

  /** Appends what somebody says of an alert, or one that is fired by hand. */
  public void write(Alert alert) {
    send(Topic.ALERTS, alert.camera().getBytes(US_ASCII), AlertCodec.write(alert));
  }

  /**
   * Silences from now on. One that still holds is prolonged.
   *
   * @param rule null = all
   * @param camera null = all
   */
  public Snooze snooze(String rule, String camera, Instant now, Duration length, String by) {
    Snooze before = snoozeOf(new Snooze(rule, camera, now, now, by).key());
    boolean holds = before != null && before.until().isAfter(now);
    Snooze snooze = new Snooze(rule, camera, holds ? before.from() : now, now.plus(length), by);
    write(snooze);
    return snooze;
  }

  /**
   * Ends a snooze. Alerts that were silent stay so: nobody is told of their ends either.
   *
   * @throws InvalidInputException if there is none
   */
  public Snooze wake(String rule, String camera, Instant now, String by) {
    Snooze none = new Snooze(rule, camera, now, now, by);
    Snooze before = snoozeOf(none.key());
    if (before == null || !before.until().isAfter(now)) {
      throw new InvalidInputException(
          "nothing is snoozed for rule %s and camera %s"
              .formatted(rule == null ? "*" : rule, camera == null ? "*" : camera));
    }
    Snooze ended = new Snooze(rule, camera, before.from(), now, by);
    write(ended);
    return ended;
  }

  private Snooze snoozeOf(String key) {
    try (CompactedTopic topic = CompactedTopic.read(kafka, Topic.SNOOZES)) {
      byte[] value = topic.values().get(key);
      return value == null ? null : SnoozeCodec.read(value);
    } catch (WireFormatException e) {
      throw new IllegalStateException("snooze %s: %s".formatted(key, e.getMessage()), e);
    }
  }

  private void write(Snooze snooze) {
    send(Topic.SNOOZES, snooze.key().getBytes(UTF_8), SnoozeCodec.write(snooze));
  }

  private void send(Topic topic, byte[] key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(kafka.topic(topic), key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s could not be written: %s".formatted(topic.baseName(), e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
