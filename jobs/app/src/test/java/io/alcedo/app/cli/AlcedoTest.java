package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.operators.stream.fixture.TinyDetector;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a user's mistakes lead to: exit code 2, one line that helps, no stack trace. */
class AlcedoTest {
  @TempDir Path directory;
  private String model;

  private record Answer(int code, String out, String error) {}

  @BeforeEach
  void writeModel() {
    model = TinyDetector.write(directory.resolve("tiny")).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "run",
        "train",
        "train resnet",
        "train faster-rcnn",
        "train mask-rcnn",
        "train curves",
        "eval",
        "eval detect",
        "eval track",
        "eval model",
        "eval classify",
        "models list",
        "models show",
        "models verify",
        "models bench",
        "bench",
        "bench model",
        "bench peers",
        "rules",
        "rules put",
        "rules disable",
        "rules list",
        "cameras",
        "cameras put",
        "cameras remove",
        "cameras list",
        "replay",
        "bench alerts",
        "bench stages",
        "bench train",
        "search",
        "index",
        "index status"
      })
  void explainsEveryCommand(String command) {
    Answer answer = alcedo((command + " --help").strip().split(" ", -1));
    assertThat(answer.code()).isZero();
    assertThat(answer.out()).contains("Usage: alcedo", "Exit codes:", "--verbose");
  }

  @Test
  void refusesWrongUsage() {
    assertThat(alcedo().code()).isEqualTo(2);
    assertThat(alcedo("fly").error()).contains("fly");
    Answer unknown = alcedo("run", "--vdeo", "a.mp4");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.error()).contains("--vdeo");
    Answer duration = alcedo("demo", "--duration", "soon");
    assertThat(duration.code()).isEqualTo(2);
    assertThat(duration.error()).contains("'soon' is not a duration such as 500ms, 2s or 15min");
  }

  @Test
  void refusesARunWithoutACamera() {
    assertRefused("No camera. Give --video FILE, or --config", "run", "--model", model);
  }

  @Test
  void refusesFilesThatAreNoVideo() throws IOException {
    Path empty = Files.createFile(directory.resolve("empty.mp4"));
    Path text = Files.writeString(directory.resolve("notes.mp4"), "not a video\n".repeat(99));
    assertRefused("does not exist", "run", "--model", model, "--video", "nowhere.mp4");
    assertRefused("is empty", "run", "--model", model, "--video", empty.toString());
    assertRefused("notes.mp4", "run", "--model", model, "--video", text.toString());
  }

  @Test
  void refusesTwoCamerasOfOneName() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("other"));
    String first = Files.createFile(directory.resolve("gate.mp4")).toString();
    String second = Files.createFile(folder.resolve("gate.avi")).toString();
    assertRefused(
        "Two cameras are called 'gate'",
        "run",
        "--model",
        model,
        "--video",
        first,
        "--video",
        second);
  }

  @Test
  void refusesAModelThatCannotBeUsed() throws IOException {
    assertRefused("no such file", "run", "--model", "nowhere", "--video", "a.mp4");
    Files.writeString(directory.resolve("tiny/tiny.onnx"), "damaged");
    assertRefused("SHA-256", "run", "--model", model, "--video", "a.mp4");
  }

  @Test
  void namesTheKeyThatIsWrong() throws IOException {
    assertRefused("cameras[0].adress", config("cameras: [{id: gate, adress: a.mp4}]"));
    assertRefused("cameras[0].pace", config("cameras: [{id: gate, address: a, pace: fast}]"));
    assertRefused("expected max or real-time", config("cameras: [{id: g, address: a, pace: no}]"));
    assertRefused("rules[0].duration", config("rules: [{id: r, duration: soon}]"));
    assertRefused("'moon'", config("cameras: [{id: gate, address: \"sim://moon\"}]"));
    assertRefused("camera 'a b'", config("cameras: [{id: a b, address: a.mp4}]"));
  }

  @Test
  void showsTheStackTraceOnlyWhenAsked() {
    Answer quiet = alcedo("run", "--model", "nowhere", "--video", "a.mp4");
    assertThat(quiet.error()).doesNotContain("\tat ");
    Answer verbose = alcedo("--verbose", "run", "--model", "nowhere", "--video", "a.mp4");
    assertThat(verbose.error()).contains("\tat io.alcedo");
    assertThat(verbose.code()).isEqualTo(2);
  }

  private String[] config(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("pipeline.yaml"), yaml);
    return new String[] {"run", "--model", model, "--config", file.toString()};
  }

  private void assertRefused(String part, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", directory.resolve("out").toString()));
    Answer answer = alcedo(all.toArray(String[]::new));
    assertThat(answer.error()).contains(part).doesNotContain("\tat ");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.error().strip().lines().count()).isEqualTo(1);
  }

  private static Answer alcedo(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine line = Alcedo.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    return new Answer(line.execute(arguments), out.toString(), error.toString());
  }
}
