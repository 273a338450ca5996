package io.alcedo.connectors.wire;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.FrameId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Records of the {@code crops} topic, version 1: key = camera, value = JPEG, all else in headers.
 * {@code box} and {@code frameSize} are those of {@link PlaceHeaders}.
 */
public final class CropHeaders {
  private static final String VERSION = "1";

  private CropHeaders() {}

  /** The record to send. */
  public static ProducerRecord<byte[], byte[]> toRecord(String topic, Crop crop) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, HeaderText.bytes(crop.frame().camera()), crop.jpeg());
    HeaderText.put(record, "v", VERSION);
    HeaderText.put(record, "id", crop.id());
    HeaderText.put(record, "session", crop.frame().session());
    HeaderText.put(record, "sequence", crop.frame().sequence());
    HeaderText.put(record, "track", crop.track());
    HeaderText.put(record, "label", crop.label());
    HeaderText.put(record, "score", String.format(Locale.ROOT, "%.4f", crop.score()));
    PlaceHeaders.put(record, crop.box(), crop.frameSize(), crop.ref());
    HeaderText.put(record, "captureTime", crop.captureTime());
    HeaderText.put(record, "published", crop.published());
    return record;
  }

  /**
   * Reads a record.
   *
   * @throws WireFormatException if it is no crop of version 1; the message names the header
   */
  public static Crop parse(ConsumerRecord<byte[], byte[]> record) throws WireFormatException {
    Headers headers = record.headers();
    HeaderText.requireVersion(headers, VERSION);
    if (record.key() == null || record.value() == null) {
      throw new WireFormatException("record has no key or no value; expected camera and JPEG");
    }
    try {
      return new Crop(
          HeaderText.text(headers, "id"),
          new FrameId(
              new String(record.key(), StandardCharsets.UTF_8),
              HeaderText.text(headers, "session"),
              HeaderText.number(headers, "sequence")),
          HeaderText.text(headers, "track"),
          HeaderText.text(headers, "label"),
          HeaderText.decimal(headers, "score"),
          PlaceHeaders.box(headers),
          PlaceHeaders.frameSize(headers),
          PlaceHeaders.ref(headers),
          HeaderText.time(headers, "captureTime"),
          HeaderText.time(headers, "published"),
          record.value());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new WireFormatException(e.getMessage(), e);
    }
  }
}
