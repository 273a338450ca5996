package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.stream.rules.RuleSpec.Anchor;
import io.alcedo.operators.stream.rules.RuleSpec.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSpecTest {
  private static final String YAML =
      """
      id: loiter
      revision: 3
      effectiveFrom: 2026-11-23T15:00:00Z
      type: zone-dwell
      cameras: [gate]
      label: car
      zone: {name: yard, unit: px, points: [[0, 0], [50, 0], [50, 100]]}
      anchor: center
      minScore: 0.7
      duration: 3s
      gapTolerance: 250ms
      cooldown: 1min
      severity: critical
      """;

  private record File(List<RuleSpec> rules) {}

  @Test
  void readsEveryKey() {
    RuleSpec spec = YamlReader.parse(YAML, "test", RuleSpec.class);

    assertThat(spec.version()).isEqualTo("loiter@3");
    assertThat(spec.effectiveFrom()).isEqualTo(Instant.parse("2026-11-23T15:00:00Z"));
    assertThat(spec.covers("gate")).isTrue();
    assertThat(spec.covers("door")).isFalse();
    assertThat(spec.label()).isEqualTo("car");
    assertThat(spec.zone().contains(40, 10, 7, 7)).isTrue();
    assertThat(spec.anchor()).isEqualTo(Anchor.CENTER);
    assertThat(spec.minScore()).isEqualTo(0.7);
    assertThat(spec.duration()).isEqualTo(Duration.ofSeconds(3));
    assertThat(spec.gapTolerance()).isEqualTo(Duration.ofMillis(250));
    assertThat(spec.cooldown()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertRefused("minScore: 0.7", "minScore: 7", "rules[0]", "minScore is 7.0, expected 0 to 1");
    assertRefused("anchor: center", "anchor: top", "rules[0].anchor", "bottom-center, center");
    assertRefused("label: car", "lable: car\nlabel: car", "rules[0].lable", "unknown key");
    assertRefused("duration: 3s", "duration: soon", "rules[0].duration", "a duration such as");
    assertRefused("duration: 3s", "severity: critical", "duration is missing");
    assertRefused("[50, 100]", "[50]", "rules[0].zone", "points[2] is not [x, y]");
    assertRefused("unit: px", "unit: fraction", "points[1] has 50.0, expected 0 to 1 (fraction)");
    assertRefused("[50, 100]]", "[0, 100], [50, 100]]", "points cross or repeat");
  }

  @Test
  void aFrameMeetsTheNewestRevisionOfItsTime() {
    RuleSpec later = YamlReader.parse(YAML, "test", RuleSpec.class);
    String first = YAML.replace("revision: 3", "revision: 1").replaceAll("effectiveFrom.*\n", "");
    RuleSpec earlier = YamlReader.parse(first, "test", RuleSpec.class);
    RuleHistory history = new RuleHistory(List.of(later, earlier));

    assertThat(history.at(Instant.parse("2026-11-23T14:59:59Z"))).containsExactly(earlier);
    assertThat(history.at(Instant.parse("2026-11-23T15:00:00Z"))).containsExactly(later);
    assertThatThrownBy(() -> new RuleHistory(List.of(later, later)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("loiter@3 is there twice");
  }

  private static void assertRefused(String from, String to, String... parts) {
    String rules = "rules:\n- " + YAML.replace(from, to).strip().replace("\n", "\n  ");
    assertThatThrownBy(() -> YamlReader.parse(rules, "rules.yaml", File.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }
}
