package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people who walk past each other for thirty frames. */
class EvalTrackTest {
  @TempDir Path directory;
  private Path truth;

  @BeforeEach
  void write() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int frame = 1; frame <= 30; frame++) {
      lines.append("%d,1,%d,10,20,60,1,-1,-1,-1%n".formatted(frame, 10 + 4 * frame));
      lines.append("%d,2,%d,40,20,60,1,-1,-1,-1%n".formatted(frame, 200 - 4 * frame));
    }
    truth = Files.writeString(directory.resolve("gt.txt"), lines);
  }

  @Test
  void theTrackerMissesTheFirstTwoFramesOfEach() {
    String out = eval(0, "--truth-boxes");

    assertThat(out).contains("gt.txt frames 1-30: 2 people, 2 tracks");
    assertThat(out).contains("MOTA 0.933", "missed 4  wrong 0  switches 0", "IDF1 0.966");
    assertThat(eval(0, "--truth-boxes", "--frames", "3-30")).contains("MOTA 1.000", "HOTA 1.000");
  }

  @Test
  void tracksOfARunAreMeasuredAsTheyAre() throws IOException {
    String line =
        """
        {"v":1,"frame":{"camera":"a","session":"b","sequence":0},"captureTime":"2026-11-23T15:04:05Z",\
        "published":"2026-11-23T15:04:05Z","status":"ok","width":400,"height":200,"objects":[\
        {"id":"x","label":"person","score":0.9,"box":[14,10,20,60],"attributes":[],\
        "track":{"id":"x","state":"confirmed","opened":"2026-11-23T15:04:05Z"}},\
        {"id":"y","label":"person","score":0.9,"box":[196,40,20,60],"attributes":[],\
        "track":{"id":"y","state":"tentative","opened":"2026-11-23T15:04:05Z"}}]}""";
    Path tracks = Files.writeString(directory.resolve("tracks.jsonl"), line);

    String out = eval(0, "--tracks", tracks.toString());
    assertThat(out).contains("frames 1-1: 2 people, 1 tracks", "missed 1  wrong 0");
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    assertThat(eval(2)).contains("--tracks", "--truth-boxes");
    Path nothing = Files.writeString(directory.resolve("tracks.jsonl"), "");
    assertThat(eval(2, "--tracks", nothing.toString())).contains("has no lines");
    assertThat(eval(2, "--truth-boxes", "--frames", "3-31"))
        .contains("there is no line for frame 31");
  }

  /** What the command prints, on either channel. */
  private String eval(int code, String... source) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    List<String> arguments = new ArrayList<>(List.of("eval", "track", "--gt", truth.toString()));
    arguments.addAll(List.of(source));
    int found =
        Alcedo.commandLine()
            .setOut(writer)
            .setErr(writer)
            .execute(arguments.toArray(String[]::new));
    assertThat(found).as(out.toString()).isEqualTo(code);
    return out.toString();
  }
}
