package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(eval("1-2")).startsWith("AP50 0.5050  precision 0.5000  recall 0.5000");
    assertThat(eval("1-1")).startsWith("AP50 1.0000  precision 1.0000  recall 1.0000");
  }

  @Test
  void saysWhichFrameHasNoLine() {
    assertThat(run("1-3")).isEqualTo(2);
    assertThat(error.toString()).contains("has no line for frame 3 (sequence 2)");
    assertThat(run("3-1")).isEqualTo(2);
    assertThat(error.toString()).contains("--frames is '3-1', expected first-last");
  }

  @Test
  void saysWhichLineIsDamaged() throws IOException {
    Files.write(detections, List.of(line(0, "0.9", "5").strip(), "{\"v\":1"));
    assertThat(run("1-1")).isEqualTo(2);
    assertThat(error.toString()).contains("detections.jsonl line 2");
  }

  private static String line(int sequence, String score, String x) {
    return LINE.formatted(sequence, sequence, sequence, score, x);
  }

  private String eval(String frames) {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(run(frames)).as(error.toString()).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private int run(String frames) {
    CommandLine line = Alcedo.commandLine().setErr(new PrintWriter(error));
    return line.execute(
        "eval",
        "detect",
        "--detections",
        detections.toString(),
        "--gt",
        truth.toString(),
        "--frames",
        frames);
  }
}
