package io.alcedo.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.kafka.KafkaSettings;
import io.alcedo.connectors.kafka.Topic;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant ONE = NOON.plusSeconds(3600);

  @Test
  void coversFromTheFirstMomentToBeforeTheLast() {
    Replay replay = new Replay("noon", NOON, ONE, false);
    assertThat(replay.covers(NOON.minusNanos(1000))).isFalse();
    assertThat(replay.covers(NOON)).isTrue();
    assertThat(replay.covers(ONE.minusNanos(1000))).isTrue();
    assertThat(replay.covers(ONE)).isFalse();
  }

  @Test
  void writesUnderItsOwnName() {
    KafkaSettings live = new KafkaSettings("broker:9092", "site-", 3, null, null, null);
    KafkaSettings own = new Replay("noon", NOON, ONE, false).results(live);
    assertThat(own.topic(Topic.ALERTS)).isEqualTo("site-replay-noon-alerts");
    assertThat(own.partitions()).isEqualTo(3);
    assertThat(new Replay("noon", NOON, ONE, true).resultTopics())
        .contains(Topic.DETECTIONS, Topic.DEAD_LETTERS);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new Replay("noon", ONE, NOON, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("from 2026-11-23T13:00:00Z to 2026-11-23T12:00:00Z");
    assertThatThrownBy(() -> new Replay("at noon", NOON, ONE, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'at noon'");
  }
}
