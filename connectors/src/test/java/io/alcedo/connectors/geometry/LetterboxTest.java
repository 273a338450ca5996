package io.alcedo.connectors.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LetterboxTest {
  @Test
  void keepsTheAspectRatioAndTouchesTheCanvas() {
    Letterbox wide = new Letterbox(1920, 1080, 512, 384);
    assertThat(wide.width()).isEqualTo(512);
    assertThat(wide.height()).isEqualTo(288);
    Letterbox tall = new Letterbox(480, 640, 512, 384);
    assertThat(tall.width()).isEqualTo(288);
    assertThat(tall.height()).isEqualTo(384);
  }

  @Test
  void mapsABoxThereAndBack() {
    Letterbox letterbox = new Letterbox(1000, 333, 512, 384);
    Box box = new Box(12.5, 40, 300.25, 222);
    Box back = letterbox.toSource(letterbox.toCanvas(box));
    assertThat(back.x()).isCloseTo(box.x(), within(1e-9));
    assertThat(back.bottom()).isCloseTo(box.bottom(), within(1e-9));
  }

  @Test
  void clipsABoxThatReachesIntoTheFill() {
    Letterbox letterbox = new Letterbox(1024, 288, 512, 384);
    Box box = letterbox.toSource(new Box(500, 100, 100, 200));
    assertThat(box.right()).isEqualTo(1024);
    assertThat(box.bottom()).isEqualTo(288);
  }

  @Test
  void neverShrinksAPictureToNothing() {
    assertThat(new Letterbox(10_000, 1, 512, 384).height()).isEqualTo(1);
  }
}
