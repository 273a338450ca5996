package io.alcedo.operators.stream.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.Revision;
import io.alcedo.operators.stream.rules.RuleSpec;
import io.alcedo.operators.stream.scene.CameraSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionsTest {
  private static final Instant FROM = Instant.parse("2026-11-23T15:00:00Z");
  private static final Revisions<RuleSpec> RULES = RuleSpec.REVISIONS;
  private static final String YAML = "id: gone\nwhen: {type: absent, for: 5s}\n";

  @Test
  void theNextRevisionCountsOnAndHoldsFromATime() {
    Revision first = RULES.next(YAML, "rule.yaml", List.of(), FROM);
    Revision second = RULES.next(YAML, "rule.yaml", List.of(read(first)), FROM);

    assertThat(first.key()).isEqualTo("gone@1");
    assertThat(second.key()).isEqualTo("gone@2");
    assertThat(read(second).effectiveFrom()).isEqualTo(FROM);
    assertThatThrownBy(
            () -> RULES.next("revision: 1\n" + YAML, "r.yaml", List.of(read(first)), FROM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gone has revision 1 already");
  }

  @Test
  void aRuleIsEndedByARevisionThatIsDisabled() {
    Revision first = RULES.next(YAML, "rule.yaml", List.of(), FROM);
    Map<String, String> topic = Map.of(first.key(), first.text());
    List<RuleSpec> known = RULES.all(List.of(), topic);

    Revision end = RULES.disabled("gone", topic, known, FROM.plusSeconds(9));
    assertThat(end.key()).isEqualTo("gone@2");
    assertThat(read(end).enabled()).isFalse();
    assertThat(read(end).effectiveFrom()).isEqualTo(FROM.plusSeconds(9));
    assertThatThrownBy(() -> RULES.disabled("here", topic, known, FROM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no rule 'here' on the topic");
  }

  @Test
  void theTopicTakesThePlaceOfTheFileAndWhatIsBrokenIsLeftOut() {
    Revision first = RULES.next(YAML, "rule.yaml", List.of(), FROM);
    RuleSpec ofFile = read(first);
    Map<String, String> topic =
        Map.of("gone@1", first.text().replace("\"5s\"", "\"7s\""), "bad@1", "{id: bad");

    List<RuleSpec> all = RULES.all(List.of(ofFile), topic);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).when().lasting()).hasSeconds(7);
  }

  /** A camera needs no text of before to be ended: what is left out stays as it was. */
  @Test
  void camerasHaveKeysOfTheirOwn() {
    Revisions<CameraSpec> cameras = CameraSpec.REVISIONS;
    String scene = "scene: {zones: [{name: yard, points: [[0, 0], [1, 0], [1, 1]]}]}";
    Revision all = cameras.next(scene, "all.yaml", List.of(), FROM);
    Revision gate = cameras.next("{camera: gate, address: \"sim://plaza\"}", "g", List.of(), FROM);
    CameraSpec first = cameras.parse(gate.key(), gate.text());
    Revision end = cameras.next("{camera: gate, enabled: false}", "g", List.of(first), FROM);

    assertThat(all.key()).isEqualTo("*@1");
    assertThat(all.topic()).isEqualTo("cameras");
    assertThat(end.key()).isEqualTo("gate@2");
    assertThat(cameras.parse(end.key(), end.text()).isRemoved()).isTrue();
    assertThat(first.scene()).isNull();
    assertRefused("{camera: gate, scene: {zones: [{name: a}]}}", "g: scene.zones[0]");
    assertRefused("{address: \"sim://plaza\"}", "camera is missing: an address");
    assertRefused("{camera: gate, pace: max}", "address is missing");
    assertRefused("{camera: a b}", "camera 'a b' is not");
  }

  private static void assertRefused(String yaml, String part) {
    assertThatThrownBy(() -> CameraSpec.REVISIONS.next(yaml, "g", List.of(), FROM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(part);
  }

  private static RuleSpec read(Revision revision) {
    return RULES.parse(revision.key(), revision.text());
  }
}
