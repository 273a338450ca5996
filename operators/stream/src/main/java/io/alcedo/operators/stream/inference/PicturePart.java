package io.alcedo.operators.stream.inference;

import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.Placement.Size;
import io.alcedo.connectors.image.PlacedPixels;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;

/**
 * A part of an encoded picture that a model shall see. The parts of one picture share its pixels:
 * they are decoded when the first part is placed and freed when the last one is released.
 */
final class PicturePart {
  private final Picture picture;
  private final Box region; // null = all of it
  private boolean released; // guarded by picture
  private volatile PictureFacts facts;

  private PicturePart(Picture picture, Box region) {
    this.picture = picture;
    this.region = region;
  }

  /** All of a picture. */
  static PicturePart whole(byte[] jpeg) {
    return new PicturePart(new Picture(jpeg, 1), null);
  }

  /** Some parts of a picture, in px of it; whatever lies outside of it is cut off. */
  static List<PicturePart> of(byte[] jpeg, List<Box> regions) {
    Picture picture = new Picture(jpeg, regions.size());
    Stream<PicturePart> parts = regions.stream().map(region -> new PicturePart(picture, region));
    return parts.toList();
  }

  /** This part's share of the encoded bytes. */
  long bytes() {
    return ((long) picture.jpeg.length + picture.parts - 1) / picture.parts;
  }

  /**
   * Decodes the picture, if nobody did, and writes this part into a slot.
   *
   * @throws UndecodableFrameException with the reason; the slot's content is undefined then
   */
  void place(FrameDecoder decoder, FrameBatch batch, int slot) throws UndecodableFrameException {
    Mat pixels = picture.pixels(decoder); // not freed before this part is released
    if (region == null) {
      facts = PictureLook.at(picture.jpeg, pixels);
    }
    try (Rect window = window(pixels);
        Mat seen = new Mat(pixels, window)) {
      batch.checkSize(new Size(seen.cols(), seen.rows()));
      batch.place(slot, seen);
    }
  }

  /** What the picture is like, if all of it was placed; else null. */
  PictureFacts facts() {
    return facts;
  }

  private Rect window(Mat pixels) {
    if (region == null) {
      return new Rect(0, 0, pixels.cols(), pixels.rows());
    }
    return PlacedPixels.window(region, pixels);
  }

  /** Says that this part will not be placed any more. Twice is once. */
  void release() {
    synchronized (picture) {
      if (!released) {
        released = true;
        picture.leave();
      }
    }
  }

  /** The encoded picture and, while somebody needs them, its pixels. */
  private static final class Picture {
    private final byte[] jpeg;
    private final int parts;
    private int users;
    private Mat pixels;
    private UndecodableFrameException defect;

    Picture(byte[] jpeg, int parts) {
      this.jpeg = jpeg;
      this.parts = parts;
      this.users = parts;
    }

    synchronized Mat pixels(FrameDecoder decoder) throws UndecodableFrameException {
      if (defect != null) {
        throw defect;
      }
      if (pixels == null) {
        try {
          pixels = decoder.decode(jpeg);
        } catch (UndecodableFrameException e) {
          defect = e;
          throw e;
        }
      }
      return pixels;
    }

    /** With this picture's lock held. */
    void leave() {
      users--;
      if (users == 0 && pixels != null) {
        pixels.close();
        pixels = null;
      }
    }
  }
}
