package io.alcedo.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.FrameSize;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EmbeddingHeadersTest {
  private static final Embedding EMBEDDING = embedding(0.6f, -0.8f);

  /** The bytes of version 1 as released: they may be added to, never changed. */
  @Test
  void writesTheRecordOfVersion1() {
    ProducerRecord<byte[], byte[]> record = EmbeddingHeaders.toRecord("embeddings", EMBEDDING);

    Map<String, String> headers = new TreeMap<>();
    record
        .headers()
        .forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
    assertThat(headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "v", "1",
                "id", "gate/01JDEMO/17#2",
                "track", "gate/01JDEMO/3#0",
                "label", "person",
                "box", "10.25,20.00,31.50,90.00",
                "frameSize", "1280x720",
                "ref", "frames-2@99",
                "captureTime", "1795446245123456",
                "published", "1795446245200000",
                "encoder", "appearance@00112233"));
    assertThat(record.value())
        .isEqualTo(
            new byte[] {
              (byte) 0x9a, (byte) 0x99, 0x19, 0x3f, (byte) 0xcd, (byte) 0xcc, 0x4c, (byte) 0xbf
            });
  }

  @Test
  void readsWhatItWrote() throws WireFormatException {
    assertThat(parse(EMBEDDING)).usingRecursiveComparison().isEqualTo(EMBEDDING);
  }

  @Test
  void writesTheLineOfVersion1() {
    assertThat(new String(EmbeddingCodec.write(EMBEDDING), UTF_8))
        .isEqualTo(
            """
            {"v":1,"id":"gate/01JDEMO/17#2","camera":"gate","track":"gate/01JDEMO/3#0",\
            "label":"person","box":[10.25,20.0,31.5,90.0],"captureTime":"2026-11-23T15:04:05.123456Z",\
            "encoder":"appearance@00112233","vector":[0.6,-0.8]}""");
  }

  @Test
  void refusesWhatIsNoVector() {
    assertThatThrownBy(() -> parse(embedding()))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("value has 0 bytes, expected a vector of 4 bytes a number");
    assertThatThrownBy(() -> parse(embedding(1, Float.NaN))).hasMessage("the vector holds NaN");
  }

  private static Embedding parse(Embedding embedding) throws WireFormatException {
    ProducerRecord<byte[], byte[]> sent = EmbeddingHeaders.toRecord("embeddings", embedding);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
    sent.headers().forEach(record.headers()::add);
    return EmbeddingHeaders.parse(record);
  }

  private static Embedding embedding(float... vector) {
    return new Embedding(
        "gate/01JDEMO/17#2",
        "gate",
        "gate/01JDEMO/3#0",
        "person",
        new Box(10.25, 20, 31.5, 90),
        new FrameSize(1280, 720),
        new FrameRef("frames", 2, 99),
        Instant.parse("2026-11-23T15:04:05.123456Z"),
        Instant.parse("2026-11-23T15:04:05.200000Z"),
        "appearance@00112233",
        vector);
  }
}
