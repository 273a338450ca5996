package io.alcedo.app.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.kafka.EmbeddedKafka;
import io.alcedo.connectors.kafka.Topic;
import io.alcedo.connectors.kafka.TopicCreator;
import io.alcedo.connectors.wire.AlertCodec;
import io.alcedo.connectors.wire.FrameHeaders;
import io.alcedo.operators.stream.fixture.Frames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsIT {
  private static final int FRAMES = 60; // ten a second

  @TempDir Path folder;
  private EmbeddedKafka kafka;

  @BeforeEach
  void start() throws Exception {
    kafka = EmbeddedKafka.start();
    TopicCreator.ensure(kafka.settings(), EnumSet.of(Topic.FRAMES, Topic.ALERTS, Topic.SNOOZES));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            kafka.settings().producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < FRAMES; i++) {
        CameraRecord frame = Frames.frame(Frames.GATE, i, i < 40 ? Frames.BRIGHT : Frames.DARK);
        Future<RecordMetadata> at = producer.send(FrameHeaders.toRecord("frames", frame));
        if (i == 30) {
          producer.send(raised("ab12", frame, at.get())).get();
        } else if (i == 31) {
          producer.send(raised("ac34", frame, at.get())).get();
        }
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> raised(
      String id, CameraRecord frame, RecordMetadata at) {
    Alert alert =
        new Alert(
            id,
            Alert.State.RAISED,
            false,
            "loiter@1",
            "dwells",
            "warning",
            Frames.GATE,
            null,
            null,
            null,
            frame.id(),
            new FrameRef(at.topic(), at.partition(), at.offset()),
            frame.captureTime(),
            frame.captureTime(),
            "person for 2.0 s",
            List.of(),
            null);
    return new ProducerRecord<>("alerts", Frames.GATE.getBytes(US_ASCII), AlertCodec.write(alert));
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void listsAndAcknowledges() {
    assertThat(run("list").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("ab12").contains("loiter@1  person for 2.0 s"),
            line -> assertThat(line).startsWith("ac34"));
    assertThat(run("ack", "ab", "--by", "kim", "--note", "on my way").out())
        .contains("acknowledged ab12 by kim");

    assertThat(run("list").out()).contains("person for 2.0 s  acknowledged by kim");
    assertThat(run("list", "--open").out().lines()).hasSize(1);
    assertThat(run("list", "--camera", "other").out()).isEmpty();
    assertThat(run("ack", "ab").error()).contains("ab12 is acknowledged already, by kim");
    assertThat(run("ack", "a").error()).contains("2 alerts begin with 'a'");
    assertThat(run("ack", "zz").error()).contains("no alert 'zz' in the topic");
  }

  @Test
  void snoozesAndWakes() {
    assertThat(run("wake", "--rule", "loiter").error())
        .contains("nothing is snoozed for rule loiter and camera *");
    assertThat(run("snooze", "--rule", "loiter", "--for", "30min").out())
        .contains("nobody is told of rule loiter, all cameras until 20");
    assertThat(run("wake", "--rule", "loiter").out())
        .contains("everybody is told of rule loiter, all cameras again");
    assertThat(run("wake", "--rule", "loiter").error()).contains("nothing is snoozed");
  }

  @Test
  void firesByHandWithTheNewestFrame() {
    assertThat(run("test", "--camera", "gate", "--by", "kim").out()).startsWith("fired test-");
    assertThat(run("list").out()).contains("info  gate  test  fired by hand by kim");
    assertThat(run("test", "--camera", "none").error())
        .contains("camera none has sent no frame of late");
  }

  @Test
  void cutsTheVideoAroundAnAlert() throws Exception {
    Path file = folder.resolve("clip.mp4");
    assertThat(
            run("clip", "ab12", "--before", "2s", "--after", "1s", "--output", file.toString())
                .out())
        .contains("31 frames of gate");

    try (FFmpegFrameGrabber video = new FFmpegFrameGrabber(file.toFile())) {
      video.start();
      assertThat(video.getImageWidth()).isEqualTo(128);
      assertThat(video.getLengthInTime() / 1e6).isBetween(2.5, 3.5);
    }
    assertThat(Files.size(file)).isPositive();
  }

  private CommandLineRun run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("alerts", command, "--kafka", kafka.bootstrap()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
