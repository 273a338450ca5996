package io.alcedo.training.evaluation.plot;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.training.evaluation.DetectionError;
import io.alcedo.training.evaluation.DetectionError.Kind;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Draws one mistake: the part of the picture around it, boxes, masks if they matter, a caption. */
final class ErrorTile {
  static final int SIDE = 216;
  static final int CAPTION = 34;
  static final Color TRUTH = new Color(40, 200, 90);
  static final Color FOUND = new Color(235, 60, 60);
  private static final Color BOTH = new Color(245, 210, 60);
  private static final int TINT = 120 << 24;
  private static final double LEAST_SIDE = 48;

  private final DetectionError error;
  private final BufferedImage picture;
  private final Rectangle2D window;

  ErrorTile(DetectionError error, BufferedImage picture) {
    this.error = error;
    this.picture = picture;
    this.window = window();
  }

  /** A square around both boxes, half as large again; it may reach beyond the picture. */
  private Rectangle2D window() {
    Box found = error.found() == null ? null : error.found().box();
    Box truth = error.truth() == null ? null : error.truth().box();
    Rectangle2D both = rectangle(found == null ? truth : found);
    if (found != null && truth != null) {
      both.add(rectangle(truth));
    }
    double side = Math.max(LEAST_SIDE, 1.5 * Math.max(both.getWidth(), both.getHeight()));
    return new Rectangle2D.Double(
        both.getCenterX() - side / 2, both.getCenterY() - side / 2, side, side);
  }

  private static Rectangle2D rectangle(Box box) {
    return new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
  }

  /** Draws it with its left upper corner at x, y. */
  void draw(Graphics2D canvas, int x, int y) {
    Graphics2D tile = (Graphics2D) canvas.create(x, y, SIDE, SIDE);
    tile.setColor(Color.BLACK);
    tile.fillRect(0, 0, SIDE, SIDE);
    double scale = SIDE / window.getWidth();
    tile.scale(scale, scale);
    tile.translate(-window.getX(), -window.getY());
    tile.drawImage(picture, 0, 0, null);
    if (error.kind() == Kind.POOR_MASK) {
      tile.drawImage(masks(error.found().mask(), error.truth().mask()), 0, 0, null);
    }
    if (error.truth() != null) {
      outline(tile, error.truth().box(), TRUTH, scale);
    }
    if (error.found() != null) {
      outline(tile, error.found().box(), FOUND, scale);
    }
    tile.dispose();
    canvas.setColor(Color.BLACK);
    canvas.drawString(firstLine(), x + 2, y + SIDE + 14);
    canvas.setColor(Color.DARK_GRAY);
    canvas.drawString(secondLine(), x + 2, y + SIDE + 29);
  }

  private static void outline(Graphics2D tile, Box box, Color color, double scale) {
    Rectangle2D rectangle = rectangle(box);
    tile.setColor(Color.BLACK);
    tile.setStroke(new BasicStroke((float) (4 / scale)));
    tile.draw(rectangle);
    tile.setColor(color);
    tile.setStroke(new BasicStroke((float) (2 / scale)));
    tile.draw(rectangle);
  }

  private static BufferedImage masks(RleMask found, RleMask truth) {
    BufferedImage tint =
        new BufferedImage(truth.width(), truth.height(), BufferedImage.TYPE_INT_ARGB);
    byte[] inFound = found.decode();
    byte[] inTruth = truth.decode();
    for (int i = 0; i < inTruth.length; i++) {
      if (inFound[i] != 0 || inTruth[i] != 0) {
        Color color = inFound[i] == 0 ? TRUTH : inTruth[i] == 0 ? FOUND : BOTH;
        int argb = TINT | (color.getRGB() & 0xffffff);
        tint.setRGB(i % truth.width(), i / truth.width(), argb);
      }
    }
    return tint;
  }

  private String firstLine() {
    return error.found() == null
        ? String.format(
            Locale.ROOT,
            "%s  %.0f x %.0f px",
            error.label(),
            error.truth().box().width(),
            error.truth().box().height())
        : String.format(Locale.ROOT, "%s  score %.2f", error.label(), error.found().score());
  }

  private String secondLine() {
    String where = "picture " + (error.image() + 1);
    return error.overlap() == 0
        ? where
        : String.format(Locale.ROOT, "%s  IoU %.2f", where, error.overlap());
  }
}
