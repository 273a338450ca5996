package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.operators.stream.rules.RuleSpec.OnePer;
import io.alcedo.operators.stream.rules.RuleSpec.Severity;
import io.alcedo.operators.stream.scene.Anchor;
import io.alcedo.operators.stream.scene.Scene;
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
      cameras: gate
      when: {type: dwells, labels: [car, truck], zone: yard, for: 3s, anchor: center, minScore: 0.7, minAge: 1s}
      schedule: {timeZone: Europe/Madrid, days: [sat, sun], from: "22:00", to: "06:00"}
      onePer: track
      cooldown: 1min
      severity: critical
      """;
  private static final Scene YARD =
      YamlReader.parse(
          "zones: [{name: yard, points: [[0, 0], [1, 0], [1, 1]]}]", "test", Scene.class);

  private record File(List<RuleSpec> rules) {}

  @Test
  void readsEveryKey() {
    RuleSpec spec = YamlReader.parse(YAML, "test", RuleSpec.class);

    assertThat(spec.version()).isEqualTo("loiter@3");
    assertThat(spec.effectiveFrom()).isEqualTo(Instant.parse("2026-11-23T15:00:00Z"));
    assertThat(spec.when().labels()).containsExactly("car", "truck");
    assertThat(spec.when().lasting()).isEqualTo(Duration.ofSeconds(3));
    assertThat(spec.when().anchor()).isEqualTo(Anchor.CENTER);
    assertThat(spec.when().minScore()).isEqualTo(0.7);
    assertThat(spec.when().minAge()).isEqualTo(Duration.ofSeconds(1));
    assertThat(spec.onePer()).isEqualTo(OnePer.TRACK);
    assertThat(spec.cooldown()).isEqualTo(Duration.ofMinutes(1));
    assertThat(spec.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void watchesTheCamerasWhoseScenesHaveWhatItNames() {
    RuleSpec spec = YamlReader.parse(YAML, "test", RuleSpec.class);
    RuleSpec off = YamlReader.parse("enabled: false\n" + YAML, "test", RuleSpec.class);

    assertThat(spec.covers("gate", YARD)).isTrue();
    assertThat(spec.covers("door", YARD)).isFalse();
    assertThat(spec.covers("gate", Scene.EMPTY)).isFalse();
    assertThat(off.covers("gate", YARD)).isFalse();
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertRefused("minScore: 0.7", "minScore: 7", "rules[0].when", "minScore is 7.0");
    assertRefused("anchor: center", "anchor: top", "rules[0].when.anchor", "mask-centroid");
    assertRefused("zone: yard", "zoom: yard", "rules[0].when.zoom", "unknown key");
    assertRefused("for: 3s", "for: soon", "rules[0].when.for", "a duration such as");
    assertRefused("for: 3s, ", "", "for is missing");
    assertRefused("zone: yard, ", "", "zone is missing");
    assertRefused("zone: yard", "zone: yard, atLeast: 3", "atLeast is 3.0");
    assertRefused("type: dwells", "type: stays", "rules[0].when.type", "crosses");
    assertRefused("Europe/Madrid", "Madrid", "rules[0].schedule", "timeZone is Madrid");
    assertRefused("sat, sun", "sat, sunday", "rules[0].schedule", "days has sunday");
    assertRefused("\"22:00\"", "\"25:00\"", "rules[0].schedule", "from is 25:00");
  }

  @Test
  void refusesKeysThatAreOfNoUse() {
    assertUseless("type: dark, for: 5s, labels: person", "labels is [person]", "no use to dark");
    assertUseless("type: crosses, line: door, zone: yard", "zone is yard", "no use to crosses");
    assertUseless("type: appears, for: 5s", "for is PT5S", "no use to appears");
    assertUseless("type: count, atLeast: 2, over: 9s", "over is PT9S", "no use to count");
    assertUseless("type: absent, for: 5s, margin: 0", "margin is 0.0", "no use to absent");
    assertUseless("type: speed, above: 3, tolerance: 1s", "tolerance is PT1S", "no use to speed");
    assertUseless("type: frozen, for: 9s, brightness: 9", "brightness is 9", "no use to frozen");
    assertUseless(
        "type: enters, zone: a, sameTrack: true", "sameTrack is true", "no use to enters");
  }

  private static void assertUseless(String when, String... parts) {
    assertThatThrownBy(
            () -> YamlReader.parse("id: x\nwhen: {%s}".formatted(when), "test", RuleSpec.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void partsOfAConditionAreConditions() {
    String sequence =
        """
        id: around
        when:
          type: sequence
          within: 10s
          first: {type: crosses, line: door}
          then: {type: any, of: [{type: enters, zone: yard}, {type: enters, zone: street}]}
        """;
    RuleSpec spec = YamlReader.parse(sequence, "test", RuleSpec.class);

    assertThat(spec.when().zones()).containsExactly("yard", "street");
    assertThat(spec.when().lines()).containsExactly("door");
    assertThatThrownBy(
            () ->
                YamlReader.parse(
                    sequence.replace("within: 10s", "sameTrack: true"), "test", RuleSpec.class))
        .hasMessageContaining("within is missing");
  }

  /** In Madrid it is an hour later than UTC in winter. */
  @Test
  void aScheduleGoesByTheClocksOfItsPlace() {
    Schedule nights = YamlReader.parse(YAML, "test", RuleSpec.class).schedule();

    assertThat(nights.covers(Instant.parse("2026-11-28T20:59:59Z"))).isFalse(); // Saturday
    assertThat(nights.covers(Instant.parse("2026-11-28T21:00:00Z"))).isTrue();
    assertThat(nights.covers(Instant.parse("2026-11-30T04:59:59Z"))).isTrue(); // began on Sunday
    assertThat(nights.covers(Instant.parse("2026-11-30T05:00:00Z"))).isFalse();
    assertThat(nights.covers(Instant.parse("2026-11-30T22:00:00Z"))).isFalse(); // Monday
    Schedule days = new Schedule("UTC", List.of(), "08:00", null);
    assertThat(days.covers(Instant.parse("2026-11-30T23:59:59Z"))).isTrue();
    assertThat(days.covers(Instant.parse("2026-11-30T07:59:59Z"))).isFalse();
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
