package io.alcedo.training.evaluation.plot;

import io.alcedo.training.evaluation.ConfusionMatrix;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Draws a confusion matrix: rows are true classes, columns are answers, the darker the larger the
 * share of the row. With few classes the counts are in the cells, with many the names are left out.
 */
public final class ConfusionChart {
  private static final int MOST_NAMED = 60;
  private static final int MOST_COUNTED = 20;
  private static final int TOP = 56;
  private static final int GAP = 12;
  private static final Color RIGHT = new Color(24, 110, 66);
  private static final Color WRONG = new Color(176, 34, 34);

  private final ConfusionMatrix matrix;
  private final int classes;
  private final int cell;
  private final int margin;

  private ConfusionChart(ConfusionMatrix matrix) {
    this.matrix = matrix;
    classes = matrix.labels().size();
    cell = classes <= MOST_COUNTED ? 46 : classes <= MOST_NAMED ? 16 : Math.max(1, 900 / classes);
    margin = classes <= MOST_NAMED ? 130 : GAP;
  }

  /** Writes the picture. */
  public static void write(String title, ConfusionMatrix matrix, Path png) throws IOException {
    ImageIO.write(new ConfusionChart(matrix).image(title), "png", png.toFile());
  }

  private BufferedImage image(String title) {
    int side = classes * cell;
    int width = Math.max(520, margin + side + GAP);
    BufferedImage image =
        new BufferedImage(width, TOP + side + margin, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D canvas = image.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
    drawHead(canvas, title);
    for (int truth = 0; truth < classes; truth++) {
      for (int answer = 0; answer < classes; answer++) {
        drawCell(canvas, truth, answer);
      }
    }
    if (classes <= MOST_NAMED) {
      drawNames(canvas);
    }
    canvas.setColor(Color.GRAY);
    canvas.drawRect(margin - 1, TOP - 1, side + 1, side + 1);
    canvas.dispose();
    return image;
  }

  private void drawHead(Graphics2D canvas, String title) {
    canvas.setColor(Color.BLACK);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    canvas.drawString(title, GAP, 22);
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    String figures =
        String.format(
            Locale.ROOT,
            "%d pictures, top-1 %.2f %%, top-5 %.2f %%; rows: truth, columns: answer",
            matrix.total(),
            100 * matrix.top(1),
            100 * matrix.top(5));
    canvas.drawString(figures, GAP, 42);
  }

  private void drawCell(Graphics2D canvas, int truth, int answer) {
    long count = matrix.count(truth, answer);
    double share = count == 0 ? 0 : (double) count / matrix.total(truth);
    int x = margin + answer * cell;
    int y = TOP + truth * cell;
    canvas.setColor(shade(truth == answer ? RIGHT : WRONG, share));
    canvas.fillRect(x, y, cell, cell);
    if (classes <= MOST_COUNTED && count > 0) {
      canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      canvas.setColor(share > 0.45 ? Color.WHITE : Color.BLACK);
      String text = String.valueOf(count);
      int width = canvas.getFontMetrics().stringWidth(text);
      canvas.drawString(text, x + (cell - width) / 2, y + cell / 2 + 5);
    }
  }

  /** White for 0; a wrong tenth shows already. */
  private static Color shade(Color full, double share) {
    double weight = Math.sqrt(share);
    return new Color(
        (int) (255 - weight * (255 - full.getRed())),
        (int) (255 - weight * (255 - full.getGreen())),
        (int) (255 - weight * (255 - full.getBlue())));
  }

  private void drawNames(Graphics2D canvas) {
    canvas.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, Math.min(13, cell - 2)));
    canvas.setColor(Color.BLACK);
    int ascent = canvas.getFontMetrics().getAscent();
    for (int i = 0; i < classes; i++) {
      String name = cut(canvas, matrix.labels().get(i));
      int middle = i * cell + cell / 2 + ascent / 2 - 1;
      int width = canvas.getFontMetrics().stringWidth(name);
      canvas.drawString(name, margin - 6 - width, TOP + middle);
      Graphics2D turned = (Graphics2D) canvas.create();
      turned.translate(margin + middle, TOP + classes * cell + 6 + width);
      turned.rotate(-Math.PI / 2);
      turned.drawString(name, 0, 0);
      turned.dispose();
    }
  }

  private String cut(Graphics2D canvas, String name) {
    String text = name;
    while (text.length() > 2 && canvas.getFontMetrics().stringWidth(text) > margin - GAP) {
      text = text.substring(0, text.length() - 2) + "…";
    }
    return text;
  }
}
