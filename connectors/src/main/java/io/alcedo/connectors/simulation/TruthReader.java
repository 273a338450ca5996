package io.alcedo.connectors.simulation;

import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import io.alcedo.connectors.simulation.render.Silhouette;
import io.alcedo.connectors.simulation.world.Actor;

/** Reads boxes and masks from a picture of object numbers. */
final class TruthReader {
  private final int width;
  private final int height;
  private final int[] objects; // [height, width]

  TruthReader(int width, int height, int[] objects) {
    this.width = width;
    this.height = height;
    this.objects = objects;
  }

  /** What shows of one actor; null if nothing does. */
  TruthObject read(Actor actor, int track, String identity) {
    Silhouette silhouette = actor.silhouette();
    int left = clamp(silhouette.left() - 1, width);
    int top = clamp(silhouette.top() - 1, height);
    int right = clamp(silhouette.right() + 2, width);
    int bottom = clamp(silhouette.bottom() + 2, height);
    int[] tight = {right, bottom, -1, -1};
    int pixels = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        if (objects[y * width + x] == actor.number()) {
          pixels++;
          tight[0] = Math.min(tight[0], x);
          tight[1] = Math.min(tight[1], y);
          tight[2] = Math.max(tight[2], x);
          tight[3] = Math.max(tight[3], y);
        }
      }
    }
    if (pixels == 0) {
      return null;
    }
    Box visible = Box.ofCorners(tight[0], tight[1], tight[2] + 1, tight[3] + 1);
    Box full = fullBox(actor);
    return new TruthObject(
        track,
        identity,
        actor.label(),
        visible,
        full,
        mask(actor.number(), tight),
        visibleFraction(pixels, silhouette, full));
  }

  static Box fullBox(Actor actor) {
    Silhouette s = actor.silhouette();
    return Box.ofCorners(s.left(), s.top(), s.right(), s.bottom());
  }

  private RleMask mask(int number, int[] tight) {
    int maskWidth = tight[2] + 1 - tight[0];
    int maskHeight = tight[3] + 1 - tight[1];
    byte[] window = new byte[maskWidth * maskHeight];
    for (int y = 0; y < maskHeight; y++) {
      for (int x = 0; x < maskWidth; x++) {
        boolean inside = objects[(tight[1] + y) * width + tight[0] + x] == number;
        window[y * maskWidth + x] = (byte) (inside ? 1 : 0);
      }
    }
    return RleMask.encodeWindow(window, height, width, tight[0], tight[1], maskWidth, maskHeight);
  }

  /** The part of the body outside the picture is taken to be as dense as the part inside. */
  private double visibleFraction(int pixels, Silhouette silhouette, Box full) {
    double inPicture = silhouette.samples() / 4.0;
    double inside = full.clip(width, height).area() / Math.max(1e-9, full.area());
    return Math.min(1, pixels * inside / Math.max(pixels, inPicture));
  }

  private static int clamp(double value, int limit) {
    return (int) Math.max(0, Math.min(limit, value));
  }
}
