package io.alcedo.app.alerts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.CameraRecord.Kind;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.FrameHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;

/** The frames of a camera that are still kept. */
public final class CameraFrames {
  private static final int LOOK_BACK = 500;

  private final KafkaSettings kafka;

  public CameraFrames(KafkaSettings kafka) {
    this.kafka = kafka;
  }

  /** The newest frame of a camera; empty if it has sent none of late. */
  public Optional<CameraRecord> newest(String camera) {
    try (TopicScan scan = new TopicScan(kafka)) {
      int partitions = scan.partitions(kafka, Topic.FRAMES).size();
      int index = BuiltInPartitioner.partitionForKey(camera.getBytes(US_ASCII), partitions);
      TopicPartition partition = new TopicPartition(kafka.topic(Topic.FRAMES), index);
      long from = Math.max(scan.beginning(partition), scan.end(partition) - LOOK_BACK);
      List<CameraRecord> last = new ArrayList<>();
      scan.read(
          Map.of(partition, from),
          record -> {
            frame(record, camera)
                .ifPresent(
                    frame -> {
                      last.clear();
                      last.add(frame);
                    });
            return true;
          });
      return last.stream().findFirst();
    }
  }

  /**
   * The frames of a camera around one of them.
   *
   * @param around a frame of it, which names the partition
   * @param from event time
   * @param to event time, included
   */
  public List<CameraRecord> between(String camera, FrameRef around, Instant from, Instant to) {
    List<CameraRecord> frames = new ArrayList<>();
    try (TopicScan scan = new TopicScan(kafka)) {
      TopicPartition partition = new TopicPartition(around.topic(), around.partition());
      long begin = scan.offsetAt(partition, from.toEpochMilli());
      scan.read(
          Map.of(partition, Math.min(begin, Math.max(around.offset(), scan.beginning(partition)))),
          record -> {
            Optional<CameraRecord> frame = frame(record, camera);
            frame
                .filter(one -> !one.captureTime().isBefore(from) && !one.captureTime().isAfter(to))
                .ifPresent(frames::add);
            return frame.isEmpty() || !frame.get().captureTime().isAfter(to);
          });
    }
    return frames;
  }

  private static Optional<CameraRecord> frame(
      ConsumerRecord<byte[], byte[]> record, String camera) {
    CameraRecord frame = FrameHeaders.parse(record);
    boolean fits =
        frame.kind() == Kind.FRAME && frame.id() != null && frame.id().camera().equals(camera);
    return fits ? Optional.of(frame) : Optional.empty();
  }
}
