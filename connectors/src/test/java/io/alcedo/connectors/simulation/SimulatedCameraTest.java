package io.alcedo.connectors.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.util.Arrays;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedCameraTest {
  private static final String PLAZA = "sim://plaza?seed=4&size=256x192&fps=5&density=1.5";

  @Test
  void yieldsTheSameBytesEveryTime() {
    SimulatedCamera first = new SimulatedCamera(SceneSpec.parse(PLAZA));
    SimulatedCamera second = new SimulatedCamera(SceneSpec.parse(PLAZA));
    for (int i = 0; i < 3; i++) {
      SimulatedFrame a = first.next();
      SimulatedFrame b = second.next();
      assertThat(a.bgr()).isEqualTo(b.bgr());
      assertThat(a.objects()).isEqualTo(b.objects());
    }
  }

  @Test
  void differsWithItsSeed() {
    byte[] one = new SimulatedCamera(SceneSpec.parse(PLAZA)).next().bgr();
    byte[] other =
        new SimulatedCamera(SceneSpec.parse(PLAZA.replace("seed=4", "seed=5"))).next().bgr();
    assertThat(Arrays.equals(one, other)).isFalse();
  }

  @Test
  void boxesAreTightAroundMasksThatDoNotOverlap() {
    SimulatedFrame frame = new SimulatedCamera(SceneSpec.parse(PLAZA)).next();
    byte[] seen = new byte[frame.width() * frame.height()];
    assertThat(frame.objects("person")).isNotEmpty();
    for (TruthObject object : frame.objects()) {
      assertThat(tightBox(object.mask())).isEqualTo(object.visibleBox());
      assertThat(object.visibleFraction()).isBetween(0.0, 1.0);
      byte[] mask = object.mask().decode();
      for (int i = 0; i < mask.length; i++) {
        seen[i] += mask[i];
      }
    }
    for (byte owners : seen) {
      assertThat(owners).isLessThanOrEqualTo((byte) 1);
    }
  }

  private static Box tightBox(RleMask mask) {
    byte[] inside = mask.decode();
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = 0;
    int bottom = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != 0) {
        int y = i / mask.width();
        left = Math.min(left, i % mask.width());
        right = Math.max(right, i % mask.width() + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
    }
    return Box.ofCorners(left, top, right, bottom);
  }

  @Test
  void twoViewsOfOneWorldShareIdentities() {
    Set<String> shared = identities(SceneSpec.parse(PLAZA));
    shared.retainAll(identities(SceneSpec.parse(PLAZA).withView(1)));
    assertThat(shared).anyMatch(identity -> identity.contains("person"));
  }

  private static Set<String> identities(SceneSpec spec) {
    SimulatedCamera camera = new SimulatedCamera(spec);
    Set<String> identities = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      camera.next().objects().forEach(object -> identities.add(object.identity()));
    }
    return identities;
  }

  @Test
  void endsAfterItsDuration() {
    SimulatedCamera camera =
        new SimulatedCamera(SceneSpec.parse("sim://alley?size=64x64&fps=2&duration=1s&density=0"));
    camera.next();
    camera.next();
    assertThat(camera.hasNext()).isFalse();
    assertThatThrownBy(camera::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("2 frames");
  }
}
