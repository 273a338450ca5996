package io.alcedo.app.index;

import io.alcedo.app.index.EmbeddingsReader.Arrival;
import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.Novelty;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.TrackedLineCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how new each object is to its camera, as {@link Novelty} has it: 1 less the cosine of the
 * most similar vector that the camera took some time before. Until a camera has taken a number of
 * vectors everything is new to it, so nothing is said. For one thread.
 */
final class NoveltyPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NoveltyPublisher.class);

  /** The object itself was there just before. */
  private static final Duration BEFORE = Duration.ofMinutes(1);

  private static final int ENOUGH = 50;

  /** What was published longer ago is read again, or late: nobody is to be told of it now. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** A camera's pictures do not come in the order of their capture, but nearly. */
  private static final Duration JITTER = Duration.ofSeconds(10);

  private final String topic;
  private final VectorIndex index;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<String, Instant> lastOf = new HashMap<>(); // by camera
  private final Clock clock = Clock.systemUTC();

  NoveltyPublisher(KafkaSettings kafka, VectorIndex index) {
    this.topic = kafka.topic(Topic.NOVELTY);
    this.index = index;
    this.producer =
        new KafkaProducer<>(kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Says of each vector how new it is; what cannot be told is passed over. */
  void publish(String version, List<Arrival> arrivals) {
    Instant late = clock.instant().minus(LATE);
    for (Arrival arrival : arrivals) {
      Embedding embedding = arrival.embedding();
      if (embedding.frameSize() != null && embedding.published().isAfter(late)) {
        try {
          publish(version, embedding);
        } catch (IllegalArgumentException | IndexFaultException e) {
          LOG.warn("novelty of {} is not known: {}", embedding.id(), e.getMessage());
        }
      }
    }
    producer.flush();
  }

  private void publish(String version, Embedding embedding) {
    OptionalDouble novelty = novelty(index, version, embedding);
    if (novelty.isPresent()) {
      byte[] line =
          TrackedLineCodec.write(Novelty.line(embedding, time(embedding), novelty.getAsDouble()));
      byte[] camera = embedding.camera().getBytes(StandardCharsets.UTF_8);
      var unused = producer.send(new ProducerRecord<>(topic, camera, line));
    }
  }

  /** 0 to 1; empty while the camera has seen too little. */
  static OptionalDouble novelty(VectorIndex index, String version, Embedding embedding) {
    VectorFilter before =
        VectorFilter.ALL
            .ofCameras(embedding.camera())
            .between(null, embedding.captureTime().minus(BEFORE));
    List<Hit> seen = index.search(version, embedding.vector(), ENOUGH, before);
    return seen.size() < ENOUGH
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, Math.min(1, 1 - seen.get(0).score())));
  }

  /** Its capture time, or the camera's last one if that is a little later. */
  private Instant time(Embedding embedding) {
    return lastOf.merge(
        embedding.camera(),
        embedding.captureTime(),
        (last, now) -> now.isBefore(last) && last.isBefore(now.plus(JITTER)) ? last : now);
  }

  @Override
  public void close() {
    producer.close();
  }
}
