package io.alcedo.operators.continual.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.training.data.Picture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NearDuplicateGateTest {
  private final NearDuplicateGate gate = new NearDuplicateGate(6);

  @Test
  void aStillPictureIsNewOnceWhateverItsNoiseAndItsLight() {
    assertThat(gate.accept("gate", person(20, 0, 0))).isTrue();
    for (int i = 1; i < 50; i++) {
      assertThat(gate.accept("gate", person(20, i, 0))).as("noise").isFalse();
      assertThat(gate.accept("gate", person(20, i, 30))).as("light").isFalse();
    }
  }

  @Test
  void anotherPoseAnotherCameraAndWhatCameLongAgoAreNew() {
    assertThat(gate.accept("gate", person(20, 0, 0))).isTrue();
    assertThat(gate.accept("gate", person(40, 0, 0))).isTrue();
    assertThat(gate.accept("door", person(20, 0, 0))).isTrue();
    for (int i = 0; i < 16; i++) {
      gate.accept("gate", stripes(i));
    }
    assertThat(gate.accept("gate", person(20, 0, 0))).as("forgotten").isTrue();
  }

  @Test
  void picturesOfAFewPixelsAndOfOneColourAreTakenOnce() {
    Picture pixel = new Picture(new byte[3], 1, 1);
    assertThat(gate.accept("gate", pixel)).isTrue();
    assertThat(gate.accept("gate", pixel)).isFalse();
    assertThat(gate.accept("gate", new Picture(new byte[3 * 64 * 128], 64, 128))).isFalse();
  }

  @Test
  void aRestoredGateKnowsWhatTheSavedOneKnew() throws IOException {
    gate.accept("gate", person(20, 0, 0));
    gate.accept("door", person(40, 0, 0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    gate.write(new DataOutputStream(bytes));
    NearDuplicateGate restored = new NearDuplicateGate(6);
    restored.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.accept("gate", person(20, 1, 0))).isFalse();
    assertThat(restored.accept("door", person(40, 1, 0))).isFalse();
    assertThat(restored.accept("door", person(20, 1, 0))).isTrue();
  }

  /** A bright figure on dark ground. */
  private static Picture person(int left, int seed, int light) {
    Random random = new Random(seed);
    byte[] rgb = new byte[3 * 64 * 128];
    for (int i = 0; i < rgb.length; i++) {
      int x = i / 3 % 64;
      int y = i / 3 / 64;
      boolean inside = x >= left && x < left + 20 && y >= 20 && y < 120;
      rgb[i] = (byte) ((inside ? 180 : 40) + light + random.nextInt(9));
    }
    return new Picture(rgb, 64, 128);
  }

  private static Picture stripes(int period) {
    byte[] rgb = new byte[3 * 64 * 128];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 / 64 / (8 + 4 * period) % 2 * 200);
    }
    return new Picture(rgb, 64, 128);
  }
}
