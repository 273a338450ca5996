package io.alcedo.training.evaluation.plot;

import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.DetectionSample;
import io.alcedo.training.evaluation.DetectionError;
import io.alcedo.training.evaluation.DetectionError.Kind;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;

/** A sheet of a detector's worst mistakes: a row for each kind, the worst first. */
public final class ErrorMontage {
  private static final int COLUMNS = 6;
  private static final int GAP = 8;
  private static final int HEADING = 30;
  private static final int ROW = HEADING + ErrorTile.SIDE + ErrorTile.CAPTION + GAP;
  private static final int TOP = 58;
  private static final int WIDTH = GAP + COLUMNS * (ErrorTile.SIDE + GAP);

  private ErrorMontage() {}

  /**
   * Writes the sheet.
   *
   * @param title of what was looked at
   * @param pictures in the order of the errors' image indices
   * @param errors the worst of each kind first
   * @return whether there was any mistake to draw
   */
  public static boolean write(
      String title, DetectionDataset pictures, List<DetectionError> errors, Path png)
      throws IOException {
    Map<Kind, List<DetectionError>> rows = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      List<DetectionError> ofKind = errors.stream().filter(e -> e.kind() == kind).toList();
      if (!ofKind.isEmpty()) {
        rows.put(kind, ofKind);
      }
    }
    if (rows.isEmpty()) {
      return false;
    }
    int height = TOP + rows.size() * ROW;
    BufferedImage sheet = new BufferedImage(WIDTH, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = sheet.createGraphics();
    prepare(canvas, height);
    drawHead(canvas, title);
    int y = TOP;
    for (Map.Entry<Kind, List<DetectionError>> row : rows.entrySet()) {
      drawRow(canvas, pictures, row.getKey(), row.getValue(), y);
      y += ROW;
    }
    canvas.dispose();
    ImageIO.write(sheet, "png", png.toFile());
    return true;
  }

  private static void prepare(Graphics2D canvas, int height) {
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, WIDTH, height);
  }

  private static void drawHead(Graphics2D canvas, String title) {
    canvas.setColor(Color.BLACK);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    canvas.drawString("Worst mistakes: " + title, GAP, 24);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    canvas.setColor(ErrorTile.FOUND);
    canvas.fillRect(GAP, 34, 12, 12);
    canvas.setColor(ErrorTile.TRUTH);
    canvas.fillRect(GAP + 80, 34, 12, 12);
    canvas.setColor(Color.BLACK);
    canvas.drawString("found", GAP + 18, 45);
    canvas.drawString("truth (masks: yellow where both)", GAP + 98, 45);
  }

  private static void drawRow(
      Graphics2D canvas, DetectionDataset pictures, Kind kind, List<DetectionError> errors, int y) {
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    canvas.setColor(Color.BLACK);
    int shown = Math.min(COLUMNS, errors.size());
    canvas.drawString(
        "%s: %d of %d".formatted(kind.text(), shown, errors.size()), GAP, y + HEADING - 9);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int i = 0; i < shown; i++) {
      try (DetectionSample sample = pictures.get(errors.get(i).image())) {
        new ErrorTile(errors.get(i), image(sample.picture()))
            .draw(canvas, GAP + i * (ErrorTile.SIDE + GAP), y + HEADING);
      }
    }
  }

  private static BufferedImage image(Mat bgr) {
    BufferedImage image = new BufferedImage(bgr.cols(), bgr.rows(), BufferedImage.TYPE_3BYTE_BGR);
    bgr.data().get(((DataBufferByte) image.getRaster().getDataBuffer()).getData());
    return image;
  }
}
