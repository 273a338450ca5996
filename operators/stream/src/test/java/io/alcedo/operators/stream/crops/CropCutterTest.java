package io.alcedo.operators.stream.crops;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.frames.RingFrameStore;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.operators.stream.fixture.Frames;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CropCutterTest {
  private static final byte[] STRIPES =
      Frames.jpeg(128, 96, List.of(Color.RED, Color.GREEN, Color.BLUE, Color.WHITE));

  @Test
  void cutsTheBoxInItsColours() throws IOException {
    BufferedImage crop = cut(STRIPES, new Box(64.4, 10, 30.2, 50));

    assertThat(crop.getWidth()).isEqualTo(31);
    assertThat(crop.getHeight()).isEqualTo(50);
    Color middle = new Color(crop.getRGB(15, 25));
    assertThat(middle.getBlue()).isGreaterThan(240);
    assertThat(middle.getRed() + middle.getGreen()).isLessThan(30);
  }

  @Test
  void cutsAtTheFramesBorderAndAtLeastAPixel() throws IOException {
    assertThat(cut(STRIPES, new Box(100, -20, 60, 40)).getWidth()).isEqualTo(28);
    assertThat(cut(STRIPES, new Box(500, 500, 2, 2)).getHeight()).isEqualTo(1);
  }

  @Test
  void saysWhyThereIsNoPicture() {
    assertThat(reason(Frames.TRUNCATED_JPEG, 0)).contains("#0: truncated JPEG");
    assertThat(reason(STRIPES, 99)).contains("there is no frame at frames-0@99");
    assertThat(expired()).contains("no longer kept; raise the retention of frames");
  }

  private static String reason(byte[] frame, long offset) {
    try (CropCutter cutter = new CropCutter(store(frame))) {
      CutCrop cut = cutter.cut(plan(new FrameRef("frames", 0, offset), new Box(0, 0, 20, 20)));
      assertThat(cut.crop()).isNull();
      return cut.deadLetter().reason();
    }
  }

  private static String expired() {
    RingFrameStore store = new RingFrameStore(1);
    store.add(Frames.frame(Frames.GATE, 0, STRIPES));
    store.add(Frames.frame(Frames.GATE, 1, STRIPES));
    try (CropCutter cutter = new CropCutter(store)) {
      return cutter
          .cut(plan(new FrameRef("frames", 0, 0), new Box(0, 0, 20, 20)))
          .deadLetter()
          .reason();
    }
  }

  private static BufferedImage cut(byte[] frame, Box box) throws IOException {
    try (CropCutter cutter = new CropCutter(store(frame))) {
      CutCrop cut = cutter.cut(plan(new FrameRef("frames", 0, 0), box));
      return ImageIO.read(new ByteArrayInputStream(cut.crop().jpeg()));
    }
  }

  private static RingFrameStore store(byte[] frame) {
    RingFrameStore store = new RingFrameStore(1 << 20);
    store.add(Frames.frame(Frames.GATE, 0, frame));
    return store;
  }

  private static CropPlan plan(FrameRef ref, Box box) {
    CameraRecord frame = Frames.frame(Frames.GATE, 0, STRIPES);
    return new CropPlan(
        frame.id().objectId(0),
        frame.id(),
        ref,
        frame.id().objectId(0),
        "person",
        0.9,
        box,
        frame.captureTime(),
        frame.published());
  }
}
