package io.alcedo.training.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.MaskPaste;
import io.alcedo.training.checkpoint.Safetensors;
import io.alcedo.training.golden.Golden;
import io.alcedo.training.ops.Parameters;
import io.alcedo.training.ops.Tensors;
import io.alcedo.training.ops.TorchOps;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arithmetic on boxes against torchvision's. */
class BoxesGoldenTest {
  private static final AnchorGenerator ANCHORS =
      new AnchorGenerator(List.of(32, 64, 128, 256, 512), List.of(0.5, 1.0, 2.0));

  private final TorchOps ops = new TorchOps(new Parameters(), false);
  private Golden golden;

  @BeforeEach
  void open() {
    golden = Golden.shared("ops");
  }

  @Test
  void placesAnchors() {
    float[] all = new float[12276 * 4];
    int at = 0;
    for (int level = 0; level < 5; level++) {
      int stride = 4 << level;
      float[] some = ANCHORS.level(level, 192 / stride, 256 / stride, 192, 256);
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    assertThat(at).isEqualTo(all.length);
    assertThat(all).isEqualTo(golden.tensor("out/anchors/all").floats());
  }

  /** On a canvas of 224 x 288 the last level has a stride of 56 and 57. */
  @Test
  void takesStridesFromTheSizes() {
    float[] seven = ANCHORS.level(3, 7, 9, 224, 288);
    float[] four = ANCHORS.level(4, 4, 5, 224, 288);
    float[] both = Arrays.copyOf(seven, seven.length + four.length);
    System.arraycopy(four, 0, both, seven.length, four.length);
    assertThat(both).isEqualTo(golden.tensor("out/anchors_odd/last_two_levels").floats());
  }

  @Test
  void codesBoxes() {
    assertEncodes(BoxCoder.PROPOSALS, "w1111");
    assertEncodes(BoxCoder.DETECTIONS, "w10_10_5_5");
    assertDecodes(BoxCoder.PROPOSALS, "w1111", 1);
    assertDecodes(BoxCoder.DETECTIONS, "w10_10_5_5", 5);
  }

  private void assertEncodes(BoxCoder coder, String weights) {
    float[] boxes = golden.tensor("in/box_coder/reference").floats();
    float[] proposals = golden.tensor("in/box_coder/proposals").floats();
    float[] codes = new float[boxes.length];
    for (int i = 0; i < codes.length; i += 4) {
      coder.encode(boxes, i, proposals, i, codes, i);
    }
    golden.assertMatches("out/box_coder/encoded_" + weights, codes, 1);
  }

  private void assertDecodes(BoxCoder coder, String weights, int classes) {
    try (PointerScope scope = new PointerScope()) {
      float[] codes = golden.tensor("in/box_coder/codes_" + weights).floats();
      float[] proposals = golden.tensor("in/box_coder/proposals").floats();
      Tensor boxes =
          coder.decode(ops, Tensors.of(codes, 50, classes, 4), Tensors.of(proposals, 50, 1, 4), 3);
      golden.assertMatches("out/box_coder/decoded_" + weights, Tensors.floats(boxes), 1);
    }
  }

  @Test
  void clipsBoxes() {
    try (PointerScope scope = new PointerScope()) {
      Safetensors.Entry raw = golden.tensor("in/boxes/raw");
      Tensor size = Tensors.of(new float[] {256, 192, 256, 192}, 1, 4);
      Tensor clipped = Boxes.clip(ops, Tensors.of(raw.floats(), raw.shape()), size);
      golden.assertMatches("out/boxes/clipped", Tensors.floats(clipped), 1);
    }
  }

  @Test
  void matchesBoxesToObjects() {
    float[] quality = golden.tensor("in/matcher/quality").floats();
    assertThat(Matcher.ANCHORS.assign(quality.clone(), 5, 60))
        .isEqualTo(matches("rpn_low_quality"));
    assertThat(new Matcher(0.7f, 0.3f, false).assign(quality.clone(), 5, 60))
        .isEqualTo(matches("rpn_plain"));
    assertThat(Matcher.REGIONS.assign(quality.clone(), 5, 60)).isEqualTo(matches("roi"));
  }

  private int[] matches(String name) {
    return Arrays.stream(golden.tensor("out/matcher/" + name).longs())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Test
  void pastesMasks() {
    float[] boxes = golden.tensor("in/paste_masks/boxes").floats();
    float[] masks = golden.tensor("in/paste_masks/masks").floats();
    ByteBuffer expected = golden.tensor("out/paste_masks/binary").data();
    int wrong = 0;
    for (int i = 0; i < 7; i++) {
      Box box = Box.ofCorners(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
      byte[] pasted =
          MaskPaste.paste(masks, i * 784, 28, box, 120, 90, 0.5f).encode(120, 90).decode();
      for (int pixel = 0; pixel < pasted.length; pixel++) {
        wrong += pasted[pixel] == expected.get(i * pasted.length + pixel) ? 0 : 1;
      }
    }
    assertThat(wrong).as("pixels of 75,600").isLessThanOrEqualTo(75);
  }
}
