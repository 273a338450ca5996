package io.alcedo.app.bench.index;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures that stand for crops of people: each person has colours of their own. */
final class DrawnPeople {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 96;
  private static final int NOISE = 24;

  private DrawnPeople() {}

  /**
   * A picture of a person.
   *
   * @param person whose colours
   * @param picture which of them: place, light and noise
   * @return JPEG
   */
  static byte[] jpeg(int person, int picture) {
    Random colours = new Random(person * 7919L + 1);
    Random moment = new Random(person * 104_729L + picture);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D brush = image.createGraphics();
    brush.setColor(new Color(90 + moment.nextInt(60), 90 + moment.nextInt(60), 90));
    brush.fillRect(0, 0, WIDTH, HEIGHT);
    int left = 8 + moment.nextInt(8);
    brush.setColor(color(colours));
    brush.fillRect(left, 24, 24, 32);
    brush.setColor(color(colours));
    brush.fillRect(left + 2, 56, 20, 36);
    brush.setColor(new Color(150 + colours.nextInt(90), 120, 90));
    brush.fillOval(left + 5, 6, 14, 18);
    brush.dispose();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, noisy(image.getRGB(x, y), moment));
      }
    }
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "jpg", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Color color(Random colours) {
    return new Color(colours.nextInt(256), colours.nextInt(256), colours.nextInt(256));
  }

  private static int noisy(int rgb, Random noise) {
    int by = noise.nextInt(2 * NOISE + 1) - NOISE;
    int red = clamp((rgb >> 16 & 0xff) + by);
    int green = clamp((rgb >> 8 & 0xff) + by);
    return red << 16 | green << 8 | clamp((rgb & 0xff) + by);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
