package io.alcedo.operators.continual.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.operators.continual.replay.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void holdsOutAboutOneTrackInTen() {
    Probe probe = new Probe(10, 100, 10);
    long held =
        IntStream.range(0, 10_000)
            .filter(i -> probe.holdsOut("gate/01J0000000000000000000SESS/" + i + "#0"))
            .count();

    assertThat(held).isBetween(850L, 1150L);
  }

  @Test
  void keepsTheNewestCropsOfTheTracksThatWereSeenLast() {
    Probe probe = new Probe(2, 2, 2);
    for (String track : new String[] {"a", "b", "a", "a", "c"}) {
      probe.add(sample(track, probe.crops().size()));
    }

    assertThat(probe.crops()).extracting(Sample::track).containsExactly("a", "a", "c");
  }

  @Test
  void aRestoredProbeGoesOnAsTheSavedOne() throws IOException {
    Probe probe = new Probe(2, 3, 4);
    Probe restored = new Probe(2, 3, 4);
    for (int i = 0; i < 20; i++) {
      probe.add(sample("t" + i % 3, i));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    probe.write(new DataOutputStream(bytes));
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    probe.add(sample("new", 20));
    restored.add(sample("new", 20));

    assertThat(restored.crops())
        .extracting(Sample::id)
        .containsExactlyElementsOf(probe.crops().stream().map(Sample::id).toList());
  }

  private static Sample sample(String track, int number) {
    return new Sample(
        track + number, "gate", track, Instant.ofEpochSecond(number), new byte[] {(byte) number});
  }
}
