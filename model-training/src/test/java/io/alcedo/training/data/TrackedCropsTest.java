package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.simulation.SceneSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackedCropsTest {
  @Test
  void cutsPeopleOfASimulatedCameraWithTheirIdentity() {
    SceneSpec scene = SceneSpec.street(7).withSize(384, 288);

    List<TrackedCrop> crops = new TrackedCrops(2, 24, 0.5).ofScene("street", scene, 5);

    assertThat(crops).isNotEmpty();
    assertThat(crops).extracting(TrackedCrop::seconds).containsOnly(0.0, 0.2, 0.4);
    assertThat(crops)
        .allSatisfy(
            crop -> {
              assertThat(crop.picture().height()).isGreaterThanOrEqualTo(12);
              assertThat(crop.identity()).contains("/person-");
            });
    assertThat(crops.stream().map(TrackedCrop::identity).distinct().count())
        .as("the same people in all frames")
        .isLessThan(crops.size());
  }
}
