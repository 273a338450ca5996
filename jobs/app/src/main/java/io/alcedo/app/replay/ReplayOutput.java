package io.alcedo.app.replay;

import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicEnds;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.TrackedLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a replay says, from its topics into files: a file a topic. */
final class ReplayOutput implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaSettings results;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<Topic, LinesByCamera> files = new EnumMap<>(Topic.class);
  private final Set<Topic> topics;
  private final ReplayCounts counts = new ReplayCounts();

  /** Begins at the topics' beginnings. */
  ReplayOutput(KafkaSettings results, Set<Topic> topics, Path folder) throws IOException {
    this.results = results;
    this.topics = topics;
    Files.createDirectories(folder);
    consumer =
        new KafkaConsumer<>(
            results.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      consumer
          .partitionsFor(results.topic(topic))
          .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
      if (topic != Topic.DEAD_LETTERS) {
        files.put(topic, new LinesByCamera(folder, topic.baseName() + ".jsonl"));
      }
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes in what is new. */
  void poll() throws IOException, WireFormatException {
    var records = consumer.poll(POLL);
    for (Topic topic : topics) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(results.topic(topic))) {
        add(topic, record);
      }
    }
  }

  /** Takes in all that was committed before, and writes the files. */
  void finish() throws IOException, WireFormatException {
    TopicEnds ends = TopicEnds.of(consumer);
    while (!ends.isReachedBy(consumer)) {
      poll();
    }
    for (LinesByCamera file : files.values()) {
      file.finish();
    }
  }

  private void add(Topic topic, ConsumerRecord<byte[], byte[]> record)
      throws IOException, WireFormatException {
    switch (topic) {
      case TRACKS -> {
        if (!counts.add(TrackedLineCodec.read(record.value()).line())) {
          return; // as in a run, the file is of frames
        }
      }
      case ALERTS -> counts.add(AlertCodec.read(record.value()));
      case ANALYTICS -> counts.addRow();
      case DEAD_LETTERS -> {
        counts.addDeadLetter();
        return;
      }
      default -> {}
    }
    files.get(topic).add(new String(record.key(), StandardCharsets.US_ASCII), record.value());
  }

  ReplayCounts counts() {
    return counts;
  }

  @Override
  public void close() throws IOException {
    consumer.close();
    for (LinesByCamera file : files.values()) {
      file.close();
    }
  }
}
