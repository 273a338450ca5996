package io.alcedo.connectors.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Headers as UTF-8 text: numbers in decimal, times in µs since 1970, so that any Kafka tool shows
 * them.
 */
final class HeaderText {
  private HeaderText() {}

  static void put(ProducerRecord<byte[], byte[]> record, String name, Object value) {
    record.headers().add(name, bytes(String.valueOf(value)));
  }

  static void put(ProducerRecord<byte[], byte[]> record, String name, Instant time) {
    put(record, name, (Object) ChronoUnit.MICROS.between(Instant.EPOCH, time));
  }

  static String text(Headers headers, String name) throws WireFormatException {
    Header header = headers.lastHeader(name);
    if (header == null || header.value() == null) {
      throw new WireFormatException("header '%s' is missing".formatted(name));
    }
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  static long number(Headers headers, String name) throws WireFormatException {
    String text = text(headers, name);
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new WireFormatException(
          "header '%s' is '%s', expected a whole number".formatted(name, text), e);
    }
  }

  static double decimal(Headers headers, String name) throws WireFormatException {
    String text = text(headers, name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new WireFormatException(
          "header '%s' is '%s', expected a number".formatted(name, text), e);
    }
  }

  static Instant time(Headers headers, String name) throws WireFormatException {
    return Instant.EPOCH.plus(number(headers, name), ChronoUnit.MICROS);
  }

  static void requireVersion(Headers headers, String version) throws WireFormatException {
    String found = text(headers, "v");
    if (!found.equals(version)) {
      throw new WireFormatException(
          "record has version %s, this Alcedo reads version %s".formatted(found, version));
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
