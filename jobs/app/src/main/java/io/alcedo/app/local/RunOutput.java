package io.alcedo.app.local;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.frames.FrameStore;
import io.alcedo.connectors.frames.KafkaFrameStore;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.operators.stream.rules.RuleSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes what a run says, from the topics that everybody else would read: {@code detections.jsonl},
 * {@code alerts.jsonl}, one annotated video a camera. Alerts show at once and lines at checkpoints,
 * so an alert is known before its frame is drawn.
 */
final class RunOutput implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final double DISPLAY_THRESHOLD = 0.5;

  private final KafkaSettings kafka;
  private final FrameStore frames;
  private final Path directory;
  private final Map<String, Double> rates;
  private final List<RuleSpec> rules;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final OutputStream detections;
  private final OutputStream alerts;
  private final Map<String, AnnotatedVideo> videos = new HashMap<>();
  private final Map<FrameId, Alert> alertsByFrame = new HashMap<>();
  private final Set<String> seenAlerts = new HashSet<>();
  private final Accounting accounting = new Accounting();

  /**
   * Begins to listen.
   *
   * @param rates frames a second of each camera's video
   */
  RunOutput(KafkaSettings kafka, Path directory, Map<String, Double> rates, List<RuleSpec> rules)
      throws IOException {
    this.kafka = kafka;
    this.directory = Files.createDirectories(directory);
    this.rates = rates;
    this.rules = rules;
    Properties settings = kafka.consumer();
    settings.put("group.id", "alcedo-run-output");
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    frames = new KafkaFrameStore(kafka);
    consumer.subscribe(List.of(kafka.topic(Topic.DETECTIONS), kafka.topic(Topic.ALERTS)));
    detections = Files.newOutputStream(directory.resolve("detections.jsonl"));
    alerts = Files.newOutputStream(directory.resolve("alerts.jsonl"));
  }

  /** Takes in what is new. */
  void poll() throws IOException, WireFormatException {
    var records = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> record : records.records(kafka.topic(Topic.ALERTS))) {
      addAlert(record.value());
    }
    for (ConsumerRecord<byte[], byte[]> record : records.records(kafka.topic(Topic.DETECTIONS))) {
      addLine(record.value());
    }
  }

  private void addAlert(byte[] bytes) throws IOException, WireFormatException {
    Alert alert = AlertCodec.read(bytes);
    if (seenAlerts.add(alert.id())) {
      writeLine(alerts, bytes);
      alertsByFrame.put(alert.frame(), alert);
      accounting.addAlert();
    }
  }

  private void addLine(byte[] bytes) throws IOException, WireFormatException {
    DetectionLine line = DetectionLineCodec.read(bytes);
    accounting.add(line);
    if (line.status().isFrame()) {
      writeLine(detections, bytes);
      video(line.frame().camera()).add(line, alertsByFrame.remove(line.frame()));
    }
  }

  private AnnotatedVideo video(String camera) {
    return videos.computeIfAbsent(
        camera,
        unused -> {
          String name = rates.size() == 1 ? "annotated.mp4" : "annotated-" + camera + ".mp4";
          return new AnnotatedVideo(
              frames, directory.resolve(name), rates.get(camera), DISPLAY_THRESHOLD, rules);
        });
  }

  /** Whether every session has ended and every one of its frames has its line. */
  boolean isComplete(int sessions) {
    return accounting.lines(LineStatus.END) == sessions
        && accounting.frameLines() >= accounting.published();
  }

  Accounting accounting() {
    return accounting;
  }

  private static void writeLine(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    videos.values().forEach(AnnotatedVideo::close);
    frames.close();
    consumer.close();
    detections.close();
    alerts.close();
  }
}
