package io.alcedo.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountingTest {
  @Test
  void saysWhatBecameOfCrops() {
    Accounting accounting = new Accounting(true, true);
    for (int i = 0; i < 3; i++) {
      accounting.addCrop();
    }
    accounting.addEmbedding();
    accounting.addEmbedding();

    assertThat(accounting.isBalanced()).isFalse();
    assertThat(accounting.summary().get(1))
        .isEqualTo("crops 3 = embedded 2 + dead 0  (NOT BALANCED)");

    accounting.addDeadLetter("embed");
    accounting.addDeadLetter("crop");

    assertThat(accounting.isBalanced()).isTrue();
    assertThat(accounting.summary())
        .containsExactly(
            "frames 0 = ok 0 + dropped 0 + dead 0; objects 0, alerts 0",
            "crops 3 = embedded 2 + dead 1; not cut (dead letters say why) 1");
  }

  @Test
  void saysNothingOfWhatWasNotAskedFor() {
    Accounting crops = new Accounting(true, false);
    crops.addCrop();

    assertThat(crops.isBalanced()).isTrue();
    assertThat(crops.summary().get(1)).isEqualTo("crops 1");
    assertThat(new Accounting(false, false).summary()).hasSize(1);
  }
}
