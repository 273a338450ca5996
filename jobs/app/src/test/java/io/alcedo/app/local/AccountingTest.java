package io.alcedo.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.Embedding;
import io.alcedo.connectors.event.ModelEvent;
import io.alcedo.connectors.event.ModelEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountingTest {
  private static final Instant TIME = Instant.parse("2026-11-23T15:00:00Z");

  @Test
  void saysWhatBecameOfCrops() {
    Accounting accounting = new Accounting(true, true, false);
    for (int i = 0; i < 3; i++) {
      accounting.addCrop();
    }
    accounting.add(embedding("appearance@aa"));
    accounting.add(embedding("appearance@bb"));

    assertThat(accounting.isBalanced()).isFalse();
    assertThat(accounting.summary().get(1))
        .isEqualTo("crops 3 = embedded 2 by 2 encoders + dead 0  (NOT BALANCED)");

    accounting.addDeadLetter("embed");
    accounting.addDeadLetter("crop");

    assertThat(accounting.isBalanced()).isTrue();
    assertThat(accounting.summary())
        .containsExactly(
            "frames 0 = ok 0 + dropped 0 + dead 0; objects 0, alerts 0",
            "crops 3 = embedded 2 by 2 encoders + dead 1; not cut (dead letters say why) 1");
  }

  @Test
  void countsWhatHappensToModels() {
    Accounting accounting = new Accounting(false, false, true);
    for (Kind kind : List.of(Kind.TAKEN_OVER, Kind.PUBLISHED, Kind.TAKEN_OVER)) {
      accounting.add(new ModelEvent(kind, "encoder", "appearance@aa", TIME, "", Map.of()));
    }

    assertThat(accounting.summary().get(1))
        .isEqualTo("models published 1, rejected 0, taken over 2, refused 0");
  }

  private static Embedding embedding(String encoder) {
    return new Embedding(
        "", "gate", "", "person", null, null, null, TIME, TIME, encoder, new float[] {1});
  }

  @Test
  void saysNothingOfWhatWasNotAskedFor() {
    Accounting crops = new Accounting(true, false, false);
    crops.addCrop();

    assertThat(crops.isBalanced()).isTrue();
    assertThat(crops.summary().get(1)).isEqualTo("crops 1");
    assertThat(new Accounting(false, false, false).summary()).hasSize(1);
  }
}
