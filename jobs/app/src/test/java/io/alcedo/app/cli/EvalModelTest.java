package io.alcedo.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alcedo.app.fixture.TinyGraph;
import io.alcedo.operators.stream.fixture.TinyDetector;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval model} and {@code eval classify}, on models of a few nodes. */
class EvalModelTest {
  @TempDir private Path folder;

  /**
   * The tiny detector sees a person in the middle half of every picture. In the first picture there
   * is one, in the second there is none: as both score 1, and the first comes first, AP is 1, and
   * precision from 0.5 on 1/2.
   */
  @Test
  void printsAndDrawsHowADetectorDoes() throws IOException {
    picture(folder.resolve("pictures/a.png"), 64, 48, Color.WHITE);
    picture(folder.resolve("pictures/b.png"), 64, 48, Color.WHITE);
    Files.writeString(
        folder.resolve("truth.json"),
        """
        {"images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48},
                    {"id": 2, "file_name": "b.png", "width": 64, "height": 48}],
         "categories": [{"id": 1, "name": "person"}],
         "annotations": [{"image_id": 1, "category_id": 1, "bbox": [16, 12, 32, 24], "iscrowd": 0,
                          "segmentation": [[16, 12, 48, 12, 48, 36, 16, 36]]}]}
        """);
    Path data =
        Files.writeString(
            folder.resolve("data.yaml"),
            "data: [{name: two, coco: {annotations: truth.json, folder: pictures}}]");
    String model = TinyDetector.write(folder.resolve("tiny")).toString();
    String plots = folder.resolve("plots").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "eval", "model", "--model", model, "--data", data.toString(), "--plots", plots);
    assertThat(run.error()).isEmpty();
    assertThat(run.out()).contains("two, 2 pictures", "nothing there 1, wrong class 0");
    String boxes = line(run.out(), "boxes, person");
    assertThat(boxes).matches("boxes, person +1 +1.000 +1.000 +1.000 +1.000 +- +- .* 0.500 +1.000");
    assertThat(line(run.out(), "masks, person")).contains("0.500  1.000");
    BufferedImage curves = ImageIO.read(folder.resolve("plots/two-curves.png").toFile());
    assertThat(curves.getWidth()).as("boxes beside masks").isEqualTo(2 * 720);
    assertThat(ImageIO.read(folder.resolve("plots/two-mistakes.png").toFile())).isNotNull();

    CommandLineRun other =
        CommandLineRun.of(
            "eval", "model", "--model", model, "--data", data.toString(), "--label", "cow");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.error()).contains("--label is 'cow', the model knows [person]");
  }

  private static String line(String text, String start) {
    return text.lines().map(String::strip).filter(l -> l.startsWith(start)).findFirst().get();
  }

  /** Three right, one red picture filed under green. */
  @Test
  void printsAndDrawsHowAClassifierDoes() throws IOException {
    picture(folder.resolve("colours/red/1.png"), 8, 8, Color.RED);
    picture(folder.resolve("colours/green/2.png"), 8, 8, Color.GREEN);
    picture(folder.resolve("colours/green/3.png"), 8, 8, Color.RED);
    picture(folder.resolve("colours/blue/4.png"), 4, 4, Color.BLUE);
    Path model = TinyGraph.classifier(folder.resolve("m"), List.of("red", "green", "blue"));
    String plots = folder.resolve("plots").toString();
    String data = folder.resolve("colours").toString();
    CommandLineRun run =
        CommandLineRun.of(
            "eval",
            "classify",
            "--model",
            model.toString(),
            "--data",
            data,
            "--batch",
            "3",
            "--plots",
            plots);
    assertThat(run.error()).isEmpty();
    assertThat(run.out())
        .contains("top-1 0.7500  top-5 1.0000  (4 pictures, 3 classes)")
        .contains("green taken for red: 1 of 2");
    assertThat(ImageIO.read(folder.resolve("plots/confusion.png").toFile())).isNotNull();

    String detector = TinyDetector.write(folder.resolve("tiny")).toString();
    CommandLineRun wrong =
        CommandLineRun.of("eval", "classify", "--model", detector, "--data", data);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.error()).contains("task DETECTION, expected CLASSIFICATION");
  }

  private static void picture(Path file, int width, int height, Color color) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = image.createGraphics();
    canvas.setColor(color);
    canvas.fillRect(0, 0, width, height);
    canvas.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
