package io.alcedo.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.registry.CompactedTopic;
import io.alcedo.operators.stream.control.Revised;
import io.alcedo.operators.stream.control.Revisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of revisions, as it was when a command began.
 *
 * @param revisions what is on it
 * @param texts those of the topic, by id@revision
 * @param known all, the file's too
 */
record ControlTopic<T extends Revised>(
    KafkaSettings kafka, Revisions<T> revisions, Map<String, String> texts, List<T> known) {
  /** Until a revision holds: so long it may take to reach all subtasks. */
  private static final Duration AHEAD = Duration.ofSeconds(1);

  private static final Clock CLOCK = Clock.systemUTC();

  /**
   * Reads it; the topic is created if it is missing.
   *
   * @param seeds those of the file
   */
  static <T extends Revised> ControlTopic<T> read(
      KafkaSettings kafka, Revisions<T> revisions, List<T> seeds) {
    TopicCreator.ensure(kafka, EnumSet.of(revisions.topic()));
    try (CompactedTopic topic = CompactedTopic.read(kafka, revisions.topic())) {
      Map<String, String> texts = Revisions.texts(topic.values());
      return new ControlTopic<>(kafka, revisions, texts, revisions.all(seeds, texts));
    }
  }

  /** Puts the next revision of something; its key. */
  String put(String yaml, String origin) {
    return send(revisions.next(yaml, origin, known, soon()));
  }

  /** Puts a revision that ends something; its key. */
  String disable(String id) {
    return send(revisions.disabled(id, texts, known, soon()));
  }

  /** Where a revision is from, for people. */
  String origin(T revised) {
    return texts.containsKey(revised.version()) ? "topic" : "file";
  }

  private static Instant soon() {
    return CLOCK.instant().plus(AHEAD);
  }

  private String send(Revision revision) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kafka.topic(revisions.topic()),
            revision.key().getBytes(UTF_8),
            revision.text().getBytes(UTF_8));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      var unused = producer.send(record).get();
      return revision.key();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "%s could not be written: %s".formatted(revision.key(), e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
