package io.alcedo.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.alcedo.app.bench.continual.ContinualBenchConfig;
import io.alcedo.app.cli.Alcedo;
import io.alcedo.app.crops.CropsConfig;
import io.alcedo.app.local.PipelineConfig;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.jobs.ContinualMocoConfig;
import io.alcedo.jobs.JobConfig;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.training.train.ClassifierTrainingConfig;
import io.alcedo.training.train.DetectorTrainingConfig;
import io.alcedo.training.train.EvaluationConfig;
import io.alcedo.training.train.MocoTrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say is what the program takes. */
class DocumentsTest {
  private static final Path ROOT = Path.of(System.getProperty("alcedo.root"));
  private static final Pattern COMMAND = Pattern.compile("(?m)^[\\s#]*\\./alcedo +([^#\\n]*)");
  private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

  @Test
  void everyCommandParses() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path file : files(".md", ".yaml")) {
      COMMAND.matcher(Files.readString(file)).results().forEach(m -> commands.add(m.group(1)));
    }
    assertThat(commands).hasSizeGreaterThan(8);
    for (String command : commands) {
      String[] arguments = command.strip().split(" +", -1);
      assertThatCode(() -> Alcedo.commandLine().parseArgs(arguments))
          .as("./alcedo " + command)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyYamlFileParses() throws IOException {
    List<Path> yaml = files(".yaml");
    assertThat(yaml).hasSizeGreaterThan(3);
    for (Path file : yaml) {
      assertThatCode(() -> YamlReader.read(file, typeOf(Files.readString(file))))
          .as(file.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyYamlInADocumentParses() throws IOException {
    int count = 0;
    for (Path file : files(".md")) {
      Matcher block = YAML_BLOCK.matcher(Files.readString(file));
      while (block.find()) {
        count++;
        String text = block.group(1);
        assertThatCode(() -> YamlReader.parse(text, file.toString(), typeOf(text)))
            .as("%s: %s", file, text)
            .doesNotThrowAnyException();
      }
    }
    assertThat(count).isGreaterThan(1);
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    for (Path file : files(".md")) {
      Matcher link = LINK.matcher(Files.readString(file));
      while (link.find()) {
        assertThat(file.resolveSibling(link.group(1))).as("link in " + file).exists();
      }
    }
  }

  /** Which configuration a text is, by the keys that only one of them has. */
  private static Class<?> typeOf(String text) {
    if (text.startsWith("id:")) {
      return RuleSpec.class;
    }
    if (text.startsWith("camera:")) {
      return CameraSpec.class;
    }
    if (List.of("scenes:", "analytics:", "tracker:").stream().anyMatch(text::startsWith)
        || has(text, "index")) {
      return PipelineConfig.class;
    }
    if (has(text, "sources")) {
      return CropsConfig.class;
    }
    if (has(text, "stream")) {
      return ContinualBenchConfig.class;
    }
    if (has(text, "learner") && !has(text, "cameras")) {
      return ContinualMocoConfig.class;
    }
    if (has(text, "contrast")) {
      return MocoTrainingConfig.class;
    }
    if (has(text, "schedule")) {
      return has(text, "  folder") ? ClassifierTrainingConfig.class : DetectorTrainingConfig.class;
    }
    if (has(text, "data")) {
      return EvaluationConfig.class;
    }
    return has(text, "cameras") ? PipelineConfig.class : JobConfig.class;
  }

  private static boolean has(String text, String key) {
    return Pattern.compile("(?m)^" + key + ":").matcher(text).find();
  }

  private static List<Path> files(String... endings) throws IOException {
    try (Stream<Path> all = Files.walk(ROOT)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|out|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }
}
