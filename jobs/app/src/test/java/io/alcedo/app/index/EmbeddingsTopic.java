package io.alcedo.app.index;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.wire.EmbeddingHeaders;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of embeddings of its own, written to in transactions as the jobs do. */
final class EmbeddingsTopic implements AutoCloseable {
  private final KafkaSettings kafka;
  private final KafkaProducer<byte[], byte[]> producer;

  /** On a broker that other topics with other prefixes are on. */
  EmbeddingsTopic(EmbeddedKafka broker, String prefix) {
    kafka = new KafkaSettings(broker.bootstrap(), prefix, null, null, null, null);
    createTopic();
    Properties settings = kafka.producer();
    settings.put("transactional.id", prefix + "test");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
  }

  private void createTopic() {
    TopicCreator.ensure(kafka, EnumSet.of(Topic.EMBEDDINGS));
  }

  KafkaSettings settings() {
    return kafka;
  }

  void publish(String encoder, int first, int end) {
    publish(IntStream.range(first, end).mapToObj(number -> embedding(encoder, number)).toList());
  }

  void publish(List<Embedding> embeddings) {
    producer.beginTransaction();
    send(embeddings);
    producer.commitTransaction();
  }

  void publishAndAbort(List<Embedding> embeddings) {
    producer.beginTransaction();
    send(embeddings);
    producer.flush();
    producer.abortTransaction();
  }

  private void send(List<Embedding> embeddings) {
    for (Embedding embedding : embeddings) {
      var unused = producer.send(EmbeddingHeaders.toRecord(name(), embedding));
    }
  }

  private String name() {
    return kafka.topic(Topic.EMBEDDINGS);
  }

  /** Deletes the topic and makes it again, empty. */
  void makeAgain() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(kafka.admin())) {
      admin.deleteTopics(List.of(name())).all().get();
    }
    createTopic();
  }

  static Embedding embedding(String encoder, int number) {
    return embedding(encoder, number, Vectors.vector(number));
  }

  static Embedding embedding(String encoder, int number, float[] vector) {
    VectorFacts facts = Vectors.facts(number);
    return new Embedding(
        facts.id(),
        "camera-" + number % 7, // several partitions
        facts.track(),
        facts.label(),
        null,
        null,
        null,
        facts.captureTime(),
        facts.captureTime(),
        encoder,
        vector);
  }

  @Override
  public void close() {
    producer.close();
  }
}
