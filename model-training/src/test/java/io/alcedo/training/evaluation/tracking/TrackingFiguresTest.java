package io.alcedo.training.evaluation.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.evaluation.tracking.TrackingSequence.Known;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases that were worked out by hand from the definitions. */
class TrackingFiguresTest {
  private final TrackingSequence sequence = new TrackingSequence();

  @Test
  void aFaultlessTrackerHasOneInAll() {
    for (int i = 0; i < 5; i++) {
      sequence.add(at("A", 0, "B", 100), at("1", 0, "2", 100));
    }

    ClearMot clear = ClearMot.of(sequence);
    assertThat(clear.mota()).isEqualTo(1);
    assertThat(clear.motp()).isEqualTo(1);
    assertThat(clear.mostlyTracked()).isEqualTo(2);
    assertThat(IdentityScore.of(sequence).f1()).isEqualTo(1);
    assertThat(Hota.of(sequence).hota()).isCloseTo(1, within(1e-12));
  }

  /** One person, ten frames; after six frames the track's number changes. */
  @Test
  void aSwitchCostsOnceInMotaAndALotInIdentity() {
    for (int i = 0; i < 10; i++) {
      sequence.add(at("A", 0), at(i < 6 ? "1" : "2", 0));
    }

    ClearMot clear = ClearMot.of(sequence);
    assertThat(clear.switches()).isEqualTo(1);
    assertThat(clear.fragments()).isZero();
    assertThat(clear.mota()).isCloseTo(0.9, within(1e-12));
    // Track 1 is hers: 6 right, 4 of her frames missed, 4 of track 2 wrong.
    IdentityScore identity = IdentityScore.of(sequence);
    assertThat(identity).isEqualTo(new IdentityScore(6, 4, 4));
    assertThat(identity.f1()).isCloseTo(6 / (6 + 2.0 + 2.0), within(1e-12));
    // DetA = 1; AssA = (6 · 6/10 + 4 · 4/10) / 10.
    Hota hota = Hota.of(sequence);
    assertThat(hota.detection()).isCloseTo(1, within(1e-12));
    assertThat(hota.association()).isCloseTo(0.52, within(1e-12));
    assertThat(hota.hota()).isCloseTo(Math.sqrt(0.52), within(1e-12));
  }

  /** Four frames; seen in the first and the last; a wrong track in the second. */
  @Test
  void missesWrongTracksAndFragmentsAreCounted() {
    sequence.add(at("A", 0), at("1", 0));
    sequence.add(at("A", 0), at("9", 500));
    sequence.add(at("A", 0), at());
    sequence.add(at("A", 0), at("1", 0));

    ClearMot clear = ClearMot.of(sequence);
    assertThat(clear.matches()).isEqualTo(2);
    assertThat(clear.missed()).isEqualTo(2);
    assertThat(clear.wrong()).isEqualTo(1);
    assertThat(clear.switches()).isZero();
    assertThat(clear.fragments()).isEqualTo(1);
    assertThat(clear.mota()).isCloseTo((2 - 1 - 0) / 4.0, within(1e-12));
    assertThat(IdentityScore.of(sequence)).isEqualTo(new IdentityScore(2, 2, 1));
    // DetA = 2 / (4 + 3 − 2); AssA = 2 / (4 + 2 − 2).
    assertThat(Hota.of(sequence).hota()).isCloseTo(Math.sqrt(0.4 * 0.5), within(1e-12));
  }

  /** A pair of the frame before stays together although another overlaps more. */
  @Test
  void whatWasTogetherStaysTogether() {
    sequence.add(at("A", 0), at("1", 0));
    sequence.add(at("A", 0), at("1", 3, "2", 0));

    ClearMot clear = ClearMot.of(sequence);
    assertThat(clear.switches()).isZero();
    assertThat(clear.motp()).isCloseTo((1 + 7 / 13.0) / 2, within(1e-12));
  }

  /** Overlap of 7/13: right for thresholds up to 0.5, that is for 10 of 19. */
  @Test
  void hotaLooksAtAllOverlaps() {
    sequence.add(at("A", 0), at("1", 3));

    Hota hota = Hota.of(sequence);
    assertThat(hota.hota()).isCloseTo(10 / 19.0, within(1e-12));
    assertThat(hota.localisation()).isCloseTo((10 * 7 / 13.0 + 9) / 19, within(1e-12));
  }

  @Test
  void anIdentityIsOnceInAFrame() {
    assertThatThrownBy(() -> sequence.add(at("A", 0, "A", 50), at()))
        .hasMessageContaining("identity A twice");
  }

  /** Ids and lefts of boxes of 10 x 10. */
  private static List<Known> at(Object... idsAndLefts) {
    List<Known> known = new ArrayList<>();
    for (int i = 0; i < idsAndLefts.length; i += 2) {
      int left = (Integer) idsAndLefts[i + 1];
      known.add(new Known((String) idsAndLefts[i], new Box(left, 0, 10, 10)));
    }
    return known;
  }
}
