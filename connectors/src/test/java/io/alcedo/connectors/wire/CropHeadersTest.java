package io.alcedo.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class CropHeadersTest {
  private static final Crop CROP = crop(new byte[] {1, 2, 3});

  /** The headers of version 1 as released: they may be added to, never changed. */
  @Test
  void writesTheHeadersOfVersion1() {
    ProducerRecord<byte[], byte[]> record = CropHeaders.toRecord("crops", CROP);

    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                entry("v", "1"),
                entry("id", "gate/01JDEMO/17#2"),
                entry("session", "01JDEMO"),
                entry("sequence", "17"),
                entry("track", "gate/01JDEMO/3#0"),
                entry("label", "person"),
                entry("score", "0.9312"),
                entry("box", "10.25,20.00,31.50,90.00"),
                entry("frameSize", "1280x720"),
                entry("ref", "frames-2@99"),
                entry("captureTime", "1795446245123456"),
                entry("published", "1795446245200000")));
    assertThat(record.key()).isEqualTo("gate".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo(CROP.jpeg());
  }

  @Test
  void readsWhatItWrote() throws WireFormatException {
    assertThat(CropHeaders.parse(consumed(CropHeaders.toRecord("crops", CROP))))
        .usingRecursiveComparison()
        .isEqualTo(CROP);
  }

  @Test
  void saysWhichHeaderIsWrong() {
    assertThatThrownBy(() -> parseWith("box", "1,2,3"))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("header 'box' is '1,2,3', expected left,top,width,height");
    assertThatThrownBy(() -> parseWith("box", "1,2,-3,4")).hasMessageContaining("negative side");
    assertThatThrownBy(() -> parseWith("score", "high"))
        .hasMessage("header 'score' is 'high', expected a number");
    assertThatThrownBy(() -> parseWith("v", "2"))
        .hasMessage("record has version 2, this Alcedo reads version 1");
  }

  private static void parseWith(String header, String value) throws WireFormatException {
    ProducerRecord<byte[], byte[]> record = CropHeaders.toRecord("crops", CROP);
    record.headers().remove(header).add(header, value.getBytes(UTF_8));
    var unused = CropHeaders.parse(consumed(record));
  }

  private static ConsumerRecord<byte[], byte[]> consumed(ProducerRecord<byte[], byte[]> sent) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return record;
  }

  static Crop crop(byte[] jpeg) {
    return new Crop(
        "gate/01JDEMO/17#2",
        new FrameId("gate", "01JDEMO", 17),
        "gate/01JDEMO/3#0",
        "person",
        0.9312,
        new Box(10.25, 20, 31.5, 90),
        new FrameSize(1280, 720),
        new FrameRef("frames", 2, 99),
        Instant.parse("2026-11-23T15:04:05.123456Z"),
        Instant.parse("2026-11-23T15:04:05.200000Z"),
        jpeg);
  }
}
