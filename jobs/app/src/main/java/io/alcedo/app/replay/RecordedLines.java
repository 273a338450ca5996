package io.alcedo.app.replay;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import io.alcedo.jobs.Replay;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The {@code detections.jsonl} of a run, on its way back into a topic. */
final class RecordedLines {
  private final Path file;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private int number;
  private long covered;
  private Instant first;
  private Instant last;

  /**
   * Looks whether it is there.
   *
   * @throws InvalidInputException if not
   */
  RecordedLines(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InvalidInputException(
          "%s: cannot be read. Give the detections.jsonl of a run.".formatted(file));
    }
    this.file = file;
  }

  /**
   * Appends those that a replay covers to {@code detections}, in the file's order.
   *
   * @throws InvalidInputException if a line is damaged, or none is covered
   */
  void publish(KafkaSettings kafka, Replay replay) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                kafka.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String text = next(lines); text != null; text = next(lines)) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        DetectionLine line = parse(bytes);
        if (take(line, replay)) {
          send(producer, kafka.topic(Topic.DETECTIONS), line.frame().camera(), bytes);
        }
      }
    }
    if (failure.get() != null) {
      throw new IOException("lines could not be appended: " + failure.get(), failure.get());
    }
    if (first == null) {
      throw new InvalidInputException(file + ": has no lines. Give the output of a run.");
    }
    if (covered == 0) {
      throw new InvalidInputException(
          "%s: no line was captured from %s to %s; its lines are of %s to %s"
              .formatted(file, replay.from(), replay.to(), first, last));
    }
  }

  private String next(BufferedReader lines) throws IOException {
    number++;
    try {
      return lines.readLine();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "%s: is no UTF-8 text near line %d".formatted(file, number), e);
    }
  }

  private DetectionLine parse(byte[] line) {
    try {
      return DetectionLineCodec.read(line);
    } catch (WireFormatException e) {
      throw new InvalidInputException("%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private boolean take(DetectionLine line, Replay replay) {
    Instant time = line.captureTime();
    first = first == null || time.isBefore(first) ? time : first;
    last = last == null || time.isAfter(last) ? time : last;
    boolean takes = replay.covers(time);
    covered += takes ? 1 : 0;
    return takes;
  }

  private void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String camera, byte[] line) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, camera.getBytes(StandardCharsets.US_ASCII), line),
            (sent, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }
}
