package io.alcedo.connectors.registry;

import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.ModelEventCodec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code model-events}, key = role. Never throws: what cannot be sent is logged. */
public final class ModelEventLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelEventLog.class);

  private final KafkaProducer<String, byte[]> producer;
  private final String topic;

  public ModelEventLog(KafkaSettings kafka) {
    producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer());
    topic = kafka.topic(Topic.MODEL_EVENTS);
  }

  /** Sends one event. */
  public void write(ModelEvent event) {
    LOG.info("{} {}: {}", event.kind().code(), event.version(), event.message());
    var unused =
        producer.send(
            new ProducerRecord<>(topic, event.role(), ModelEventCodec.write(event)),
            (sent, failure) -> {
              if (failure != null) {
                LOG.warn("Event about {} was not sent: {}", event.version(), failure.toString());
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
