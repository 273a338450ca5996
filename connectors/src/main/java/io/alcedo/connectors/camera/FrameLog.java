package io.alcedo.connectors.camera;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where frames go.
 *
 * @param topic the {@code frames} topic
 * @param maxRecordBytes largest record it takes
 * @param producers opens a producer of its own for each camera: one that waits holds up no other
 */
record FrameLog(String topic, int maxRecordBytes, Supplier<Producer<byte[], byte[]>> producers) {
  /** How long one call may wait for room in the producer's buffer; it is then made again. */
  private static final int BLOCK_MILLIS = 10_000;

  static FrameLog of(KafkaSettings kafka) {
    return new FrameLog(
        kafka.topic(Topic.FRAMES),
        kafka.maxRecordBytes(),
        () ->
            new KafkaProducer<>(
                properties(kafka), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  private static Properties properties(KafkaSettings kafka) {
    Properties properties = kafka.producer();
    properties.putIfAbsent("max.block.ms", String.valueOf(BLOCK_MILLIS));
    // A frame that has its number must arrive: a broker that is away is waited for.
    properties.putIfAbsent("delivery.timeout.ms", String.valueOf(Integer.MAX_VALUE));
    return properties;
  }
}
