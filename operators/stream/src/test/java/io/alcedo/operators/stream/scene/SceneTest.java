package io.alcedo.operators.stream.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.config.YamlReader;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.operators.stream.scene.TripLine.Direction;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneTest {
  private static final String YAML =
      """
      camera: gate
      revision: 2
      effectiveFrom: 2026-11-23T15:00:00Z
      zones: [{name: yard, unit: px, points: [[0, 0], [50, 0], [50, 100]]}]
      lines: [{name: door, from: [0.5, 1], to: [0.5, 0.4]}]
      ground: {picture: [[0.2, 0.5], [0.8, 0.5], [1, 1], [0, 1]], metres: [[0, 12], [8, 12], [8, 0], [0, 0]]}
      """;

  private final Scene scene = YamlReader.parse(YAML, "test", Scene.class);

  @Test
  void aLineIsCrossedWhereTheWayMeetsItAndInADirection() {
    TripLine door = scene.line("door"); // of 100 x 100 px: from [50, 100] up to [50, 40]

    assertThat(door.crossing(40, 80, 60, 80, 100, 100)).isEqualTo(Direction.LEFT_TO_RIGHT);
    assertThat(door.crossing(60, 80, 40, 80, 100, 100)).isEqualTo(Direction.RIGHT_TO_LEFT);
    assertThat(door.crossing(40, 30, 60, 30, 100, 100)).isEqualTo(Direction.NONE); // above it
    assertThat(door.crossing(40, 80, 49, 80, 100, 100)).isEqualTo(Direction.NONE);
    assertThat(door.distance(40, 80, 100, 100)).isCloseTo(10, within(1e-9));
  }

  /** The far edge, 0.6 of the picture, and the near one, all of it, are both 8 m. */
  @Test
  void theGroundGivesMetres() {
    Ground ground = scene.ground();

    assertThat(ground.metres(20, 50, 80, 50, 100, 100)).isCloseTo(8, within(1e-6));
    assertThat(ground.metres(0, 200, 200, 200, 200, 200)).isCloseTo(8, within(1e-6));
    assertThat(ground.metres(0, 100, 20, 50, 100, 100)).isCloseTo(12, within(1e-6));
    // The middle of the picture's trapezoid is farther than 6 m: what is far is small.
    double middle = ground.metres(50, 100, 50, 75, 100, 100);
    assertThat(middle).isBetween(3.0, 5.9);
  }

  @Test
  void theMiddleOfAMaskMayBeTheAnchor() {
    byte[] mask = new byte[4 * 6]; // 4 rows, 6 columns: the right half of the second row
    mask[6 + 3] = 1;
    mask[6 + 4] = 1;
    mask[6 + 5] = 1;
    DetectedObject object =
        new DetectedObject(
            "a#0", "person", 1, new Box(0, 0, 6, 4), RleMask.encode(mask, 4, 6), List.of());

    assertThat(Anchor.MASK_CENTROID.of(object)).isEqualTo(new Anchor.Place(4.5, 1.5));
    assertThat(Anchor.CENTER.of(object)).isEqualTo(new Anchor.Place(3, 2));
    assertThat(Anchor.BOTTOM_CENTER.of(object)).isEqualTo(new Anchor.Place(3, 4));
  }

  @Test
  void aFrameIsSeenThroughTheNewestRevisionOfItsTime() {
    Scene first = new Scene("gate", 1, null, null, null, null);
    Scene others = new Scene(null, null, null, null, null, null);
    SceneHistory history = new SceneHistory(List.of(others, first, scene));

    assertThat(history.at("gate", Instant.parse("2026-11-23T14:59:59Z"))).isSameAs(first);
    assertThat(history.at("gate", Instant.parse("2026-11-23T15:00:00Z"))).isSameAs(scene);
    assertThat(history.at("yard", Instant.parse("2026-11-23T15:00:00Z"))).isSameAs(others);
    Scene later = new Scene("yard", 1, Instant.parse("2026-11-23T15:00:00Z"), null, null, null);
    assertThat(
            new SceneHistory(List.of(others, later))
                .at("yard", Instant.parse("2026-11-23T14:59:59Z")))
        .as("a scene of its own changes nothing before it holds")
        .isSameAs(others);
    assertThatThrownBy(() -> new SceneHistory(List.of(scene, scene)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("revision 2 of gate twice");
  }

  @Test
  void namesTheKeyThatIsWrong() {
    assertRefused("[50, 100]]", "[50]]", "zones[0]", "points[2] is not [x, y]");
    assertRefused("unit: px", "unit: fraction", "points[1] has 50.0, expected 0 to 1 (fraction)");
    assertRefused("[50, 100]]", "[0, 100], [50, 100]]", "points cross or repeat");
    assertRefused("to: [0.5, 0.4]", "to: [0.5, 1]", "lines[0]", "the same point");
    assertRefused("[0.8, 0.5]", "[0.2, 0.5]", "ground", "three of the four points are on a line");
    assertRefused(
        "zones: [",
        "zones: [{name: yard, points: [[0, 0], [1, 0], [1, 1]]}, ",
        "two called 'yard'");
  }

  private static void assertRefused(String from, String to, String... parts) {
    assertThatThrownBy(() -> YamlReader.parse(YAML.replace(from, to), "scene.yaml", Scene.class))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }
}
