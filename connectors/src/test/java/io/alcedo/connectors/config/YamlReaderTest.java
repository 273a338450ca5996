package io.alcedo.connectors.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  enum Mode {
    LATEST,
    EVERY
  }

  record Inner(Duration hold, int count, Mode mode) {
    Inner {
      if (count < 0) {
        throw new IllegalArgumentException("count is %d, expected 0 or more".formatted(count));
      }
    }
  }

  record Outer(String name, List<Inner> parts) {}

  @Test
  void readsRecordsAndDurations() {
    Outer outer =
        read(
            "{name: gate, parts: [{hold: 1.5s, count: 2, mode: LATEST}, {hold: 15min, count: 0}]}");
    assertThat(outer.parts().get(0)).isEqualTo(new Inner(Duration.ofMillis(1500), 2, Mode.LATEST));
    assertThat(outer.parts().get(1).hold()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void namesTheFullPathOfAnUnknownKey() {
    assertRefused("{parts: [{count: 1}, {hodl: 1s}]}")
        .hasMessageContaining("cameras.yaml: unknown key 'parts[1].hodl'")
        .hasMessageContaining("[count, hold, mode]");
    // Though what is misspelt is missing, and the record would refuse that first.
    assertRefused("{parts: [{conut: 1, count: -1}]}")
        .hasMessageContaining("unknown key 'parts[0].conut'");
  }

  @Test
  void saysWhatAValueShouldHaveBeen() {
    assertRefused("{parts: [{count: many}]}")
        .hasMessageContaining("parts[0].count: 'many' is not a whole number");
    assertRefused("{parts: [{count: 1.5}]}").hasMessageContaining("parts[0].count");
    assertRefused("{parts: [{hold: soon}]}")
        .hasMessageContaining("parts[0].hold: 'soon' is not a duration such as");
    assertRefused("{parts: [{mode: SOMETIMES}]}")
        .hasMessageContaining("parts[0].mode: 'SOMETIMES' is not one of LATEST, EVERY");
    assertRefused("{parts: [{hold: 1s}]}")
        .hasMessageContaining("parts[0].count: expected a whole number");
    assertRefused("{parts: 3}").hasMessageContaining("parts: expected a list");
  }

  @Test
  void passesOnWhatARecordRefuses() {
    assertRefused("{parts: [{count: -1}]}")
        .hasMessageContaining("parts[0].count is -1, expected 0 or more");
  }

  @Test
  void namesTheLineOfBrokenYaml() {
    assertRefused("name: a\nparts: [").hasMessageContaining("not valid YAML at line");
    assertRefused("").hasMessageContaining("is empty");
  }

  @Test
  void namesAFileThatCannotBeRead() {
    assertThatThrownBy(() -> YamlReader.read(Path.of("nowhere.yaml"), Outer.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere.yaml: cannot be read");
  }

  private static Outer read(String text) {
    return YamlReader.parse(text, "cameras.yaml", Outer.class);
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String text) {
    return assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidInputException.class);
  }
}
