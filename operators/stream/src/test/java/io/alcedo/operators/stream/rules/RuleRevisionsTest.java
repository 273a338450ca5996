package io.alcedo.operators.stream.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.event.RuleRevision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleRevisionsTest {
  private static final Instant FROM = Instant.parse("2026-11-23T15:00:00Z");
  private static final String YAML = "id: gone\nwhen: {type: absent, for: 5s}\n";

  @Test
  void theNextRevisionCountsOnAndHoldsFromATime() {
    RuleRevision first = RuleRevisions.next(YAML, "rule.yaml", List.of(), FROM);
    RuleRevision second =
        RuleRevisions.next(YAML, "rule.yaml", List.of(RuleRevisions.parse(first)), FROM);

    assertThat(first.key()).isEqualTo("gone@1");
    assertThat(second.key()).isEqualTo("gone@2");
    assertThat(RuleRevisions.parse(second).effectiveFrom()).isEqualTo(FROM);
    assertThatThrownBy(
            () ->
                RuleRevisions.next(
                    "revision: 1\n" + YAML, "r.yaml", List.of(RuleRevisions.parse(first)), FROM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gone has revision 1 already");
  }

  @Test
  void aRuleIsEndedByARevisionThatIsDisabled() {
    RuleRevision first = RuleRevisions.next(YAML, "rule.yaml", List.of(), FROM);
    Map<String, String> topic = Map.of(first.key(), first.text());
    List<RuleSpec> known = RuleRevisions.all(List.of(), topic);

    RuleRevision end = RuleRevisions.disabled("gone", topic, known, FROM.plusSeconds(9));
    assertThat(end.key()).isEqualTo("gone@2");
    assertThat(RuleRevisions.parse(end).enabled()).isFalse();
    assertThat(RuleRevisions.parse(end).effectiveFrom()).isEqualTo(FROM.plusSeconds(9));
    assertThatThrownBy(() -> RuleRevisions.disabled("here", topic, known, FROM))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no rule 'here' on the topic");
  }

  @Test
  void theTopicTakesThePlaceOfTheFileAndWhatIsBrokenIsLeftOut() {
    RuleRevision first = RuleRevisions.next(YAML, "rule.yaml", List.of(), FROM);
    RuleSpec ofFile = RuleRevisions.parse(first);
    Map<String, String> topic =
        Map.of("gone@1", first.text().replace("\"5s\"", "\"7s\""), "bad@1", "{id: bad");

    List<RuleSpec> all = RuleRevisions.all(List.of(ofFile), topic);
    assertThat(all).hasSize(1);
    assertThat(all.get(0).when().lasting()).hasSeconds(7);
  }
}
