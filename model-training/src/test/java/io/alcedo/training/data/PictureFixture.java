package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Small pictures of noise in a colour, sixteen of each. */
public final class PictureFixture {
  private static final int OF_CLASS = 16;

  private PictureFixture() {}

  /** Writes a zip with a folder for each class, named after the colour: red or blue. */
  public static void zip(Path file, int side, String... colors) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String color : colors) {
        for (int i = 0; i < OF_CLASS; i++) {
          zip.putNextEntry(new ZipEntry(color + "/" + i + ".png"));
          zip.write(png(noise(side, side, color.equals("red") ? 0 : 2, random)));
        }
      }
    }
  }

  /** Writes a JPEG of a person of a colour into the person's folder. */
  public static void crop(Path folder, String person, String name, String color)
      throws IOException {
    Files.createDirectories(folder.resolve(person));
    SplittableRandom random = new SplittableRandom(name.hashCode());
    Picture picture = noise(16, 16, color.equals("red") ? 0 : 2, random);
    Files.write(folder.resolve(person).resolve(name), picture.jpeg());
  }

  /** Noise that is brighter in a channel: 0 red, 1 green, 2 blue. */
  static Picture noise(int width, int height, int channel, SplittableRandom random) {
    byte[] rgb = new byte[3 * width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (random.nextInt(100) + (i % 3 == channel ? 150 : 0));
    }
    return new Picture(rgb, width, height);
  }

  /** The picture as a PNG. */
  static byte[] png(Picture picture) {
    byte[] bgr = picture.rgb().clone();
    for (int i = 0; i < bgr.length; i += 3) {
      bgr[i] = picture.rgb()[i + 2];
      bgr[i + 2] = picture.rgb()[i];
    }
    try (BytePointer pixels = new BytePointer(bgr);
        Mat mat = new Mat(picture.height(), picture.width(), CV_8UC3, pixels);
        BytePointer bytes = new BytePointer()) {
      imencode(".png", mat, bytes);
      byte[] png = new byte[(int) bytes.limit()];
      bytes.get(png);
      return png;
    }
  }
}
