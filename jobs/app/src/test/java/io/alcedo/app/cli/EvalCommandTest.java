package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvalCommandTest {
  private static final String LINE =
      """
      {"v":1,"frame":{"camera":"gate","session":"S","sequence":%d,"ref":{"topic":"frames","partition":0,"offset":%d}},\
      "captureTime":"2026-11-23T15:00:00.000000Z","published":"2026-11-23T15:00:00.000000Z","status":"ok",\
      "model":"m@1","width":100,"height":100,"objects":[{"id":"gate/S/%d#0","label":"person","score":%s,"box":[%s,0,10,20],"attributes":[]}]}
      """;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();
  private Path detections;
  private Path truth;

  @BeforeEach
  void write() throws IOException {
    detections =
        Files.writeString(
            directory.resolve("detections.jsonl"), line(0, "0.9", "5") + line(1, "0.8", "60"));
    truth =
        Files.writeString(
            directory.resolve("gt.txt"), "1,7,5,0,10,20,1,-1,-1,-1\n2,7,5,0,10,20,1,-1,-1,-1\n");
  }

  /** One of two people found with the best score, one wrong detection: 51 of 101 recalls. */
  @Test
  void printsAveragePrecisionOfTheFramesAskedFor() {
    assertThat(row(eval("1-2")))
        .startsWith("2", "0.505", "0.505", "0.505", "0.505", "-", "-", "0.500")
        .endsWith("0.500", "0.500");
    assertThat(row(eval("1-1"))).startsWith("1", "1.000", "1.000").endsWith("1.000", "1.000");
  }

  /** They name the sequence of the frame that comes next. */
  @Test
  void passesOverHeartbeatsAndEnds() throws IOException {
    String sign =
        """
        {"v":1,"heartbeat":{"camera":"gate","session":"S","sequence":%d,"ended":%b},\
        "captureTime":"2026-11-23T15:00:00.000000Z","published":"2026-11-23T15:00:00.000000Z"}
        """;
    Files.writeString(
        detections,
        line(0, "0.9", "5")
            + sign.formatted(1, false)
            + line(1, "0.8", "60")
            + sign.formatted(2, true));
    assertThat(row(eval("1-2"))).startsWith("2", "0.505");
  }

  @Test
  void saysWhichFrameHasNoLine() {
    assertThat(run("1-3")).isEqualTo(2);
    assertThat(error.toString()).contains("has no line for frame 3 (sequence 2)");
    assertThat(run("3-1")).isEqualTo(2);
    assertThat(error.toString()).contains("'3-1' is no range of frames, expected first-last");
  }

  @Test
  void saysWhichLineIsDamaged() throws IOException {
    Files.write(detections, List.of(line(0, "0.9", "5").strip(), "{\"v\":1"));
    assertThat(run("1-1")).isEqualTo(2);
    assertThat(error.toString()).contains("detections.jsonl line 2");
  }

  /** Two wrong and missed: one detection beside the person, one person not found. */
  @Test
  void countsAndDrawsMistakes() throws IOException {
    Path plots = directory.resolve("plots");
    assertThat(run("1-2", "--plots", plots.toString())).isZero();
    assertThat(out.toString()).contains("nothing there 1, wrong class 0,", "missed 1,");
    BufferedImage curves = ImageIO.read(plots.resolve("gt-txt-frames-1-2-curves.png").toFile());
    assertThat(curves.getWidth()).isEqualTo(720);
  }

  /** The figures of the one class. */
  private static List<String> row(String table) {
    String line =
        table.lines().filter(text -> text.strip().startsWith("boxes, person")).findFirst().get();
    return List.of(line.strip().substring("boxes, person".length()).strip().split(" +", -1));
  }

  private static String line(int sequence, String score, String x) {
    return LINE.formatted(sequence, sequence, sequence, score, x);
  }

  private String eval(String frames) {
    out.getBuffer().setLength(0);
    assertThat(run(frames)).as(error.toString()).isZero();
    return out.toString();
  }

  private int run(String frames, String... more) {
    CommandLine line =
        Alcedo.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    List<String> arguments =
        new ArrayList<>(List.of("eval", "detect", "--detections", detections.toString(), "--gt"));
    arguments.addAll(List.of(truth.toString(), "--frames", frames));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(String[]::new));
  }
}
