package io.alcedo.connectors.kafka;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.wire.FrameHeaders;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads {@code frames}; what is no frame comes out as MALFORMED, so that it can be a dead letter.
 */
public final class CameraRecordDeserializer
    implements KafkaRecordDeserializationSchema<CameraRecord> {
  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<CameraRecord> out) {
    out.collect(FrameHeaders.parse(record));
  }

  @Override
  public TypeInformation<CameraRecord> getProducedType() {
    return TypeInformation.of(CameraRecord.class);
  }
}
