package io.alcedo.training.evaluation.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.DetectionSample;
import io.alcedo.training.evaluation.AveragePrecision.Detection;
import io.alcedo.training.evaluation.AveragePrecision.Image;
import io.alcedo.training.evaluation.AveragePrecision.Truth;
import io.alcedo.training.evaluation.ConfusionMatrix;
import io.alcedo.training.evaluation.DetectionError;
import io.alcedo.training.evaluation.DetectionErrors;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPlotsTest {
  private static final Box HERE = new Box(20, 20, 30, 40);

  @TempDir private Path folder;

  /** Grey pictures. */
  private static final DetectionDataset GREY =
      new DetectionDataset() {
        @Override
        public int size() {
          return 2;
        }

        @Override
        public DetectionSample get(int index) {
          return new DetectionSample(
              new Mat(100, 100, CV_8UC3, new Scalar(90, 90, 90, 0)), List.of());
        }
      };

  @Test
  void drawsARowForEachKindOfMistake() throws IOException {
    Path png = folder.resolve("mistakes.png");
    Image right = new Image(List.of(found(0.9)), List.of(new Truth(HERE, null, false)));
    assertThat(ErrorMontage.write("t", GREY, errors(right, right), png)).isFalse();
    assertThat(png).doesNotExist();

    Image missed = new Image(List.of(), List.of(new Truth(HERE, null, false)));
    assertThat(ErrorMontage.write("t", GREY, errors(right, missed), png)).isTrue();
    BufferedImage one = ImageIO.read(png.toFile());
    assertThat(count(one, ErrorTile.TRUTH)).isGreaterThan(500); // outlines, beside the legend
    Image wrong = new Image(List.of(found(0.9)), List.of());
    assertThat(ErrorMontage.write("t", GREY, errors(wrong, missed), png)).isTrue();
    BufferedImage two = ImageIO.read(png.toFile());
    assertThat(two.getHeight()).isGreaterThan(one.getHeight() + ErrorTile.SIDE);
    assertThat(count(two, ErrorTile.FOUND)).isGreaterThan(count(one, ErrorTile.FOUND) + 300);
  }

  @Test
  void drawsBoxesAndMasksAndSingleClasses() throws IOException {
    Path png = folder.resolve("curves.png");
    List<Image> images =
        List.of(new Image(List.of(found(0.9)), List.of(new Truth(HERE, null, false))));
    PrecisionRecallChart.write("t", Map.of("person", images), false, png);
    BufferedImage one = ImageIO.read(png.toFile());
    PrecisionRecallChart.write("t", Map.of("person", images, "car", images), true, png);
    BufferedImage four = ImageIO.read(png.toFile());
    assertThat(four.getWidth()).isEqualTo(2 * one.getWidth());
    assertThat(four.getHeight()).isEqualTo(2 * one.getHeight());
    PrecisionRecallChart.write("t", Map.of("person", List.of()), true, png); // nothing to draw
  }

  @Test
  void drawsConfusionsOfFewAndOfManyClasses() throws IOException {
    for (int classes : new int[] {2, 40, 1000}) {
      List<String> labels = IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
      ConfusionMatrix matrix = new ConfusionMatrix(labels);
      matrix.add(0, new float[classes]);
      Path png = folder.resolve(classes + ".png");
      ConfusionChart.write("t", matrix, png);
      assertThat(ImageIO.read(png.toFile()).getWidth()).isBetween(520, 1100);
    }
  }

  private static List<DetectionError> errors(Image... images) {
    return DetectionErrors.of(Map.of("person", List.of(images)), 0.5);
  }

  private static Detection found(double score) {
    return new Detection(HERE, null, score);
  }

  private static int count(BufferedImage image, Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }
}
