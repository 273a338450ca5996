package io.alcedo.connectors.wire;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Records of the {@code frames} topic: key = camera, value = encoded image, record time =
 * captureTime, all else in headers as decimal or plain ASCII, so that any Kafka tool shows them.
 *
 * <p>{@code kind} is absent on frames and {@code heartbeat} or {@code end} on signs of life, whose
 * value is empty. {@code frames} is the number of pictures in the value: 1, reserved for more.
 */
public final class FrameHeaders {
  private static final String SESSION = "session";
  private static final String SEQUENCE = "sequence";
  private static final String CAPTURE_TIME = "captureTime";
  private static final String PUBLISHED = "published";
  private static final String CODEC = "codec";
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String FRAMES = "frames";
  private static final String KIND = "kind";
  private static final Map<Kind, String> SIGNS =
      Map.of(Kind.HEARTBEAT, "heartbeat", Kind.END, "end");

  private FrameHeaders() {}

  /** The record to send. */
  public static ProducerRecord<byte[], byte[]> toRecord(String topic, CameraRecord frame) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            null,
            Math.max(0, frame.captureTime().toEpochMilli()),
            HeaderText.bytes(frame.id().camera()),
            frame.image());
    HeaderText.put(record, SESSION, frame.id().session());
    HeaderText.put(record, SEQUENCE, frame.id().sequence());
    HeaderText.put(record, CAPTURE_TIME, frame.captureTime());
    HeaderText.put(record, PUBLISHED, frame.published());
    if (SIGNS.containsKey(frame.kind())) {
      HeaderText.put(record, KIND, SIGNS.get(frame.kind()));
      return record;
    }
    HeaderText.put(record, CODEC, frame.codec());
    HeaderText.put(record, WIDTH, frame.width());
    HeaderText.put(record, HEIGHT, frame.height());
    HeaderText.put(record, FRAMES, 1);
    return record;
  }

  /**
   * Reads a record. Never throws: one that does not name a frame becomes {@link Kind#MALFORMED}
   * with the reason.
   */
  public static CameraRecord parse(ConsumerRecord<byte[], byte[]> record) {
    FrameRef ref = new FrameRef(record.topic(), record.partition(), record.offset());
    try {
      return parse(record, ref);
    } catch (WireFormatException | IllegalArgumentException | DateTimeException e) {
      Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
      byte[] value = record.value() == null ? new byte[0] : record.value();
      return new CameraRecord(
          Kind.MALFORMED, null, ref, time, time, null, 0, 0, value, e.getMessage());
    }
  }

  private static CameraRecord parse(ConsumerRecord<byte[], byte[]> record, FrameRef ref)
      throws WireFormatException {
    Headers headers = record.headers();
    if (record.key() == null) {
      throw new WireFormatException("record has no key; expected the camera's id");
    }
    String camera = new String(record.key(), StandardCharsets.US_ASCII);
    FrameId id =
        new FrameId(
            camera, HeaderText.text(headers, SESSION), HeaderText.number(headers, SEQUENCE));
    Instant captureTime = HeaderText.time(headers, CAPTURE_TIME);
    Instant published = HeaderText.time(headers, PUBLISHED);
    Header sign = headers.lastHeader(KIND);
    if (sign != null) {
      Kind kind = kind(new String(sign.value(), StandardCharsets.US_ASCII));
      return new CameraRecord(kind, id, ref, captureTime, published, null, 0, 0, new byte[0], null);
    }
    if (HeaderText.number(headers, FRAMES) != 1) {
      throw new WireFormatException(
          "header 'frames' is %d; this version reads records of 1 frame"
              .formatted(HeaderText.number(headers, FRAMES)));
    }
    return new CameraRecord(
        Kind.FRAME,
        id,
        ref,
        captureTime,
        published,
        HeaderText.text(headers, CODEC),
        Math.toIntExact(HeaderText.number(headers, WIDTH)),
        Math.toIntExact(HeaderText.number(headers, HEIGHT)),
        record.value() == null ? new byte[0] : record.value(),
        null);
  }

  private static Kind kind(String code) throws WireFormatException {
    for (Map.Entry<Kind, String> sign : SIGNS.entrySet()) {
      if (sign.getValue().equals(code)) {
        return sign.getKey();
      }
    }
    throw new WireFormatException(
        "header 'kind' is '%s', expected heartbeat or end".formatted(code));
  }
}
