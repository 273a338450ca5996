package io.alcedo.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.jobs.KafkaFixture;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thin jar on processes of its own: a killed TaskManager, then restarts in one TaskManager. */
@Tag("full")
@Timeout(300)
class ClusterRestartIT {
  private static final int FRAMES = 600;
  private static final int FRAME_MILLIS = 20;
  private static final int RESTARTS = 5;
  private static final int FRAMES_PER_RESTART = 25;
  private static final long MEGABYTES_PER_RESTART = 40;

  @TempDir Path directory;

  @Test
  void losesAndRepeatsNothingAndLeaksNoEngine() throws Exception {
    Path jar = jobJar();
    ScheduledExecutorService camera = Executors.newSingleThreadScheduledExecutor();
    try (KafkaFixture kafka = new KafkaFixture(4);
        FlinkProcesses flink = new FlinkProcesses(directory.resolve("flink"))) {
      try {
        run(jar, kafka, flink, camera);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(e + "\n" + flink.logs(), e);
      }
    } finally {
      camera.shutdownNow();
    }
  }

  private void run(
      Path jar, KafkaFixture kafka, FlinkProcesses flink, ScheduledExecutorService camera)
      throws Exception {
    FlinkRest rest = new FlinkRest(flink.restAddress());
    Path config = writeConfig(kafka);
    flink.startJobManager();
    Process first = flink.startTaskManager("taskmanager-1");
    rest.awaitTaskManagers(1);
    String jarId = rest.upload(jar);
    String job = rest.run(jarId, "io.alcedo.jobs.DetectJob", config);

    AtomicLong sequence = new AtomicLong();
    var unused =
        camera.scheduleAtFixedRate(
            () -> publish(kafka, sequence, FRAMES), 0, FRAME_MILLIS, TimeUnit.MILLISECONDS);
    kafka.lines(50, line -> line.status().isFrame());
    assertThat(sequence.get()).as("frames before the kill").isLessThan(FRAMES);
    first.destroyForcibly().waitFor(); // SIGKILL
    Process second = flink.startTaskManager("taskmanager-2");
    List<DetectionLine> lines = kafka.lines(FRAMES, line -> line.status().isFrame());
    assertThat(lines.stream().map(line -> line.frame().sequence()))
        .containsExactlyElementsOf(LongStream.range(0, FRAMES).boxed().toList());

    List<Long> resident = new ArrayList<>();
    for (int restart = 1; restart <= RESTARTS; restart++) {
      rest.cancel(job);
      job = rest.run(jarId, "io.alcedo.jobs.DetectJob", config);
      long end = FRAMES + (long) restart * FRAMES_PER_RESTART;
      while (sequence.get() < end) {
        publish(kafka, sequence, end);
      }
      kafka.lines(1, line -> line.frame().sequence() == end - 1);
      resident.add(FlinkProcesses.residentMegabytes(second));
      assertThat(FlinkProcesses.mappedEngines(second)).as("copies of ONNX Runtime").isEqualTo(1);
    }
    System.out.println("TaskManager's resident MB after each restart: " + resident);
    assertThat(resident.get(RESTARTS - 1) - resident.get(0))
        .as("growth in MB over %d restarts: %s", RESTARTS - 1, resident)
        .isLessThan((RESTARTS - 1) * MEGABYTES_PER_RESTART);
  }

  private static void publish(KafkaFixture kafka, AtomicLong sequence, long end) {
    if (sequence.get() < end) {
      long next = sequence.getAndIncrement();
      kafka.publish(List.of(Frames.frame(Frames.GATE, next, Frames.BRIGHT)));
    }
  }

  private Path writeConfig(KafkaFixture kafka) throws IOException {
    return Files.writeString(
        directory.resolve("job.yaml"),
        """
        kafka: {bootstrap: %s}
        model: %s
        run: {checkpointInterval: 1s, checkpointDirectory: %s}
        """
            .formatted(
                kafka.settings().bootstrap(),
                TinyDetector.write(directory.resolve("model")),
                directory.resolve("checkpoints").toUri()));
  }

  private static Path jobJar() throws IOException {
    Path target = Path.of(System.getProperty("alcedo.root"), "jobs/flink/target");
    if (!Files.isDirectory(target)) {
      return Assumptions.abort("no " + target + ": run mvn package first");
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseGet(() -> Assumptions.abort("no *-job.jar in " + target + ": mvn package first"));
    }
  }
}
