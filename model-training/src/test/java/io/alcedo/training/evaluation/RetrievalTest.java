package io.alcedo.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alcedo.training.data.Picture;
import io.alcedo.training.evaluation.Retrieval.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrievalTest {
  @Test
  void ranksAllOthersButNeighboursOfTheSameIdentity() {
    // Worked by hand; directions in degrees, likeness falls with the angle between.
    List<Item> items =
        List.of(
            item("ann", 0, 0), // asks: 10 is ann's neighbour; 20 bob, 40 ann, 90 bob
            item("ann", 1, 10), // 2 s apart from the third: 20 bob, 40 ann, 90 bob
            item("ann", 3, 40), // 20 bob, 10 ann, 0 ann, 90 bob
            item("bob", 0, 20), // 10 ann, 0 ann, 40 ann, 90 bob (rank 4)
            item("bob", 9, 90)); // 40 ann, 20 bob, 10, 0

    Retrieval found = Retrieval.of(items, 2);

    assertThat(found.queries()).isEqualTo(5);
    assertThat(found.left()).isZero();
    assertThat(found.recall()).isZero();
    double third = (1 / 2.0 + 2 / 3.0) / 2;
    assertThat(found.meanAveragePrecision())
        .isCloseTo((1 / 2.0 + 1 / 2.0 + third + 1 / 4.0 + 1 / 2.0) / 5, within(1e-12));
    assertThat(found.chance())
        .isCloseTo((1 / 3.0 + 1 / 3.0 + 2 / 4.0 + 1 / 4.0 + 1 / 4.0) / 5, within(1e-12));
  }

  @Test
  void whoIsNeverSeenAgainAsksNothingButIsAWrongAnswer() {
    List<Item> items =
        List.of(item("ann", 0, 0), item("ann", 5, 10), item("bob", 0, 4), item("bob", 1, 4));

    Retrieval found = Retrieval.of(items, 2);

    assertThat(found.queries()).isEqualTo(2);
    assertThat(found.left()).isEqualTo(2);
    assertThat(found.recall()).isZero();
    assertThat(found.meanAveragePrecision()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void acrossCamerasTheOwnOneGivesNoRightAnswers() {
    List<Item> items =
        List.of(
            item("ann", "gate", 0, 0), // asks: 30 bob, 40 ann; not 10
            item("ann", "gate", 9, 10), // 30 bob, 40 ann; not 0
            item("ann", "yard", 0, 40), // 30 bob, 10 ann, 0 ann
            item("bob", "gate", 0, 30)); // no other camera saw bob

    Retrieval found = Retrieval.acrossCameras(items);

    assertThat(found.queries()).isEqualTo(3);
    assertThat(found.left()).isEqualTo(1);
    assertThat(found.recall()).isZero();
    double third = (1 / 2.0 + 2 / 3.0) / 2;
    assertThat(found.meanAveragePrecision())
        .isCloseTo((1 / 2.0 + 1 / 2.0 + third) / 3, within(1e-12));
    assertThat(found.chance()).isCloseTo((1 / 2.0 + 1 / 2.0 + 2 / 3.0) / 3, within(1e-12));
  }

  @Test
  void nothingIsAskedOfNothing() {
    assertThat(Retrieval.of(List.of(), 2)).isEqualTo(new Retrieval(0, 0, 0, 0, 0));
  }

  @Test
  void coloursTellClothesApartAndPixelsWhereTheyAre() {
    Picture redOverBlue = halves(200, 0, 0, 0, 0, 200);
    Picture blueOverRed = halves(0, 0, 200, 200, 0, 0);
    Picture darkRedOverBlue = halves(215, 0, 0, 0, 0, 210);

    for (PlainDescriptor descriptor : PlainDescriptor.values()) {
      float[] asks = descriptor.vector(redOverBlue);
      assertThat(dot(asks, asks)).isCloseTo(1, within(1e-5));
      assertThat(dot(asks, descriptor.vector(darkRedOverBlue)))
          .as(descriptor.title())
          .isGreaterThan(dot(asks, descriptor.vector(blueOverRed)) + 0.2);
    }
    Picture grey = halves(90, 90, 90, 90, 90, 90);
    assertThat(PlainDescriptor.PIXELS.vector(grey)).containsOnly(0);
  }

  private static Picture halves(int... rgb) {
    byte[] pixels = new byte[3 * 16 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) rgb[i % 3 + (i < pixels.length / 2 ? 0 : 3)];
    }
    return new Picture(pixels, 16, 32);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static Item item(String identity, double seconds, double degrees) {
    return item(identity, "gate", seconds, degrees);
  }

  private static Item item(String identity, String camera, double seconds, double degrees) {
    double radians = Math.toRadians(degrees);
    float[] vector = {(float) Math.cos(radians), (float) Math.sin(radians)};
    return new Item(identity, camera, seconds, vector);
  }
}
