package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands for cameras on a real broker. */
class CamerasIT {
  private static final String ZONES = "zones: [{name: yard, points: [[0, 0], [1, 0], [1, 1]]}]";

  @TempDir Path folder;
  private EmbeddedKafka kafka;
  private Path config;
  private Path camera;

  @BeforeEach
  void start() throws IOException {
    kafka = EmbeddedKafka.start();
    config =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            kafka: {bootstrap: "%s"}
            cameras: [{id: street, address: "sim://street"}]
            scenes: [{camera: gate, %s}]
            """
                .formatted(kafka.bootstrap(), ZONES));
    camera = folder.resolve("camera.yaml");
  }

  @AfterEach
  void stop() {
    kafka.close();
  }

  @Test
  void putsRevisionsListsThemAndRemovesACamera() throws IOException {
    Files.writeString(camera, "camera: gate\naddress: rtsp://me:secret@10.0.0.7/stream\n");
    assertThat(run("put", camera.toString()).out()).contains("put gate@2");
    Files.writeString(camera, "scene: {%s}".formatted(ZONES));
    assertThat(run("put", camera.toString()).out()).contains("put *@1");
    assertThat(run("remove", "street").out()).contains("put street@1, which is removed");

    assertThat(run("list").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("street  of the file  sim://street"),
            line -> assertThat(line).startsWith("*@1").endsWith("of the topic  zones 1, lines 0"),
            line -> assertThat(line).startsWith("gate@1").endsWith("of the file  zones 1, lines 0"),
            line -> assertThat(line).startsWith("gate@2").endsWith("rtsp://***@10.0.0.7/stream"),
            line -> assertThat(line).startsWith("street@1").endsWith("of the topic  removed"));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Files.writeString(camera, "camera: gate\nscene: {zones: [{name: yard, points: [[0, 0]]}]}\n");
    assertThat(run("put", camera.toString()).error())
        .contains("camera.yaml: scene.zones[0]", "three corners");
    Files.writeString(camera, "camera: gate\naddress: \"sim://moon\"\n");
    assertThat(run("put", camera.toString()).error()).contains("camera.yaml", "moon");
    Files.writeString(camera, "camera: gate\naddress: a.mp4\npace: fast\n");
    assertThat(run("put", camera.toString()).error()).contains("expected max or real-time");
    assertThat(run("remove", "nowhere").error()).contains("no camera 'nowhere'");
    assertThat(run("remove", "*").error()).contains("no camera '*'");
  }

  private CommandLineRun run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("cameras", command, "--config", config.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }
}
