package io.alcedo.operators.stream.paint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.notify.Alerts;
import io.alcedo.operators.stream.fixture.Frames;
import io.alcedo.operators.stream.inference.UndecodableFrameException;
import io.alcedo.operators.stream.scene.Scene;
import io.alcedo.operators.stream.scene.TripLine;
import io.alcedo.operators.stream.scene.Zone;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class AlertPainterTest {
  private static final Alert ALERT = Alerts.raised("a"); // yard; a box at 10, 20, 30 x 60 px
  private static final byte[] FRAME = Frames.jpeg(320, 240, 255);

  private static final Scene SCENE =
      new Scene(
          null,
          null,
          null,
          List.of(
              zone("yard", 0.3, 0.6), // the alert's
              zone("road", 0.7, 0.9)),
          List.of(new TripLine("door", null, List.of(0.0, 0.9), List.of(0.25, 0.9))),
          null);

  private static Zone zone(String name, double left, double right) {
    return new Zone(
        name,
        null,
        List.of(List.of(left, 0.4), List.of(right, 0.4), List.of(right, 0.8), List.of(left, 0.8)));
  }

  @Test
  void showsTheObjectTheZoneAndWhatItIs() throws Exception {
    BufferedImage picture = painted(SCENE);

    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(isWhite(picture, 10, 60)).as("the box's left side").isFalse();
    assertThat(isWhite(picture, 25, 60)).as("inside of the box").isTrue();
    Color alerting = color(picture, 140, 150);
    assertThat(alerting.getRed()).as("red over white").isGreaterThan(alerting.getGreen() + 30);
    Color other = color(picture, 256, 150);
    assertThat(other.getRed() - other.getGreen()).as("no alert there").isLessThan(30);
    assertThat(isWhite(picture, 40, 216)).as("the line").isFalse();
    assertThat(color(picture, 300, 10).getRed()).as("banner").isGreaterThan(180);
    assertThat(color(picture, 300, 10).getGreen()).isLessThan(100);
  }

  @Test
  void drawsNothingElseWithoutAScene() throws Exception {
    assertThat(isWhite(painted(Scene.EMPTY), 140, 150)).isTrue();
  }

  @Test
  void saysWhyAFrameIsNoPicture() {
    assertThatThrownBy(() -> AlertPainter.paint(Frames.TEXT, ALERT, SCENE))
        .isInstanceOf(UndecodableFrameException.class)
        .hasMessageContaining("not a JPEG");
  }

  private static BufferedImage painted(Scene scene) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(AlertPainter.paint(FRAME, ALERT, scene)));
  }

  private static boolean isWhite(BufferedImage picture, int x, int y) {
    Color color = color(picture, x, y);
    return Math.min(color.getRed(), Math.min(color.getGreen(), color.getBlue())) > 235;
  }

  private static Color color(BufferedImage picture, int x, int y) {
    return new Color(picture.getRGB(x, y));
  }
}
