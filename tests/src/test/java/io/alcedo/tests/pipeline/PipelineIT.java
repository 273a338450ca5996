package io.alcedo.tests.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.app.local.Accounting;
import io.alcedo.app.local.LocalRun;
import io.alcedo.app.local.LocalRunPlan;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.app.local.RunListener;
import io.alcedo.connectors.camera.CameraStatus;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.connectors.simulation.SimulatedCamera;
import io.alcedo.connectors.simulation.TruthObject;
import io.alcedo.connectors.wire.DetectionLineCodec;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The bundled detector over a simulated clip, through a real broker and a real cluster. */
@Timeout(180)
class PipelineIT {
  private static final Path ROOT = Path.of(System.getProperty("alcedo.root"));
  private static final Path GOLDEN = ROOT.resolve("tests/src/test/resources/golden");
  private static final Path MODEL = ROOT.resolve("model-training/models/person-detector");
  private static final int FRAMES = 20;

  /** Replays agree within these (kernels differ with batch and machine). */
  private static final double SCORE = 1e-3;

  private static final double IOU = 0.98;

  /** So near the wire's threshold a kernel's rounding decides who is there. */
  private static final double CERTAIN = 0.06;

  @TempDir Path directory;

  @Test
  void findsWhatItFoundBeforeAndAccountsForEveryFrame() throws Exception {
    PipelineConfig config = YamlReader.read(GOLDEN.resolve("clip.yaml"), PipelineConfig.class);
    LocalRunPlan plan = LocalRunPlan.of(config, GOLDEN, List.of(), MODEL, directory);
    Accounting accounting = new LocalRun(plan).run(new Silence());
    assertThat(accounting.lines(LineStatus.OK)).isEqualTo(FRAMES);
    assertThat(accounting.isBalanced()).isTrue();

    List<DetectionLine> expected = read(GOLDEN.resolve("clip-detections.jsonl"));
    List<DetectionLine> found = read(directory.resolve("detections.jsonl"));
    assertThat(found).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(found.get(i).captureTime()).isEqualTo(expected.get(i).captureTime());
      assertAllFound(expected.get(i), found.get(i));
      assertAllFound(found.get(i), expected.get(i));
    }
    assertThat(shareOfTruth(config, found)).as("recall against the truth").isGreaterThan(0.6);
  }

  private static void assertAllFound(DetectionLine wanted, DetectionLine there) {
    for (DetectedObject object : wanted.objects()) {
      if (object.score() >= CERTAIN) {
        DetectedObject twin =
            there.objects().stream()
                .max(Comparator.comparingDouble(other -> other.box().iou(object.box())))
                .orElseThrow(() -> new AssertionError(there.frame() + " has no objects"));
        assertThat(twin.box().iou(object.box())).as(object.id()).isGreaterThanOrEqualTo(IOU);
        assertThat(twin.score()).as(object.id()).isCloseTo(object.score(), within(SCORE));
        if (object.mask() != null && twin.mask() != null) {
          assertThat(twin.mask().iou(object.mask())).as(object.id()).isGreaterThan(0.9);
        }
      }
    }
  }

  /** Share of the people that show well whom a detection of 0.5 and more covers. */
  private static double shareOfTruth(PipelineConfig config, List<DetectionLine> found) {
    SimulatedCamera camera =
        new SimulatedCamera(SceneSpec.parse(config.cameras().get(0).address()));
    int people = 0;
    int covered = 0;
    for (DetectionLine line : found) {
      for (TruthObject person : camera.next().objects("person")) {
        if (person.visibleFraction() > 0.7 && person.visibleBox().height() > 32) {
          people++;
          covered +=
              line.objects().stream()
                      .anyMatch(
                          object ->
                              object.score() >= 0.5 && object.box().iou(person.visibleBox()) >= 0.5)
                  ? 1
                  : 0;
        }
      }
    }
    assertThat(people).isGreaterThan(FRAMES);
    return (double) covered / people;
  }

  private static List<DetectionLine> read(Path file) throws IOException, WireFormatException {
    List<DetectionLine> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      lines.add(DetectionLineCodec.read(text.getBytes(StandardCharsets.UTF_8)));
    }
    lines.removeIf(line -> !line.status().isFrame());
    lines.sort(Comparator.comparingLong(line -> line.frame().sequence()));
    return lines;
  }

  private static final class Silence implements RunListener {
    @Override
    public void progress(List<CameraStatus> cameras, Accounting accounting) {}

    @Override
    public void alert(Alert alert) {}
  }
}
