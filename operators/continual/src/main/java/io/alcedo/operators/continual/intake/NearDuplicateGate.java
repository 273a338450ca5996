package io.alcedo.operators.continual.intake;

import io.alcedo.training.data.Picture;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a camera's picture through if it differs from the ones that it let through before: a camera
 * that shows one still thing for an hour teaches it once. Compared are the grey levels of 8 × 16 px
 * with their mean taken off, so that a flickering lamp makes nothing new. For one thread.
 */
public final class NearDuplicateGate {
  private static final int VERSION = 1;
  private static final int WIDTH = 8;
  private static final int HEIGHT = 16;
  private static final int CELLS = WIDTH * HEIGHT;

  /** Of each camera. */
  private static final int REMEMBERED = 16;

  /** The camera that was silent longest is forgotten. */
  private static final int MOST_CAMERAS = 4096;

  private final double leastDifference;
  private final Map<String, Deque<byte[]>> accepted = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Begins.
   *
   * @param leastDifference mean absolute difference of the grey levels, 0 to 255, from which two
   *     pictures differ; 0 lets all through
   */
  public NearDuplicateGate(double leastDifference) {
    if (!(leastDifference >= 0 && leastDifference <= 255)) {
      throw new IllegalArgumentException(
          "leastDifference is %s, expected 0 to 255 grey levels".formatted(leastDifference));
    }
    this.leastDifference = leastDifference;
  }

  /** Whether a picture is new; it is remembered then. */
  public boolean accept(String camera, Picture picture) {
    byte[] thumbnail = thumbnail(picture);
    Deque<byte[]> known = accepted.computeIfAbsent(camera, unused -> new ArrayDeque<>());
    for (byte[] other : known) {
      if (difference(thumbnail, other) < leastDifference) {
        return false;
      }
    }
    known.addLast(thumbnail);
    if (known.size() > REMEMBERED) {
      known.removeFirst();
    }
    if (accepted.size() > MOST_CAMERAS) {
      accepted.remove(accepted.keySet().iterator().next());
    }
    return true;
  }

  /** Grey levels minus their mean, halved to fit into a byte. */
  private static byte[] thumbnail(Picture picture) {
    byte[] rgb = picture.resized(0, 0, picture.width(), picture.height(), WIDTH, HEIGHT).rgb();
    double[] grey = new double[CELLS];
    double mean = 0;
    for (int i = 0; i < CELLS; i++) {
      grey[i] =
          0.299 * (rgb[3 * i] & 0xff)
              + 0.587 * (rgb[3 * i + 1] & 0xff)
              + 0.114 * (rgb[3 * i + 2] & 0xff);
      mean += grey[i] / CELLS;
    }
    byte[] thumbnail = new byte[CELLS];
    for (int i = 0; i < CELLS; i++) {
      thumbnail[i] = (byte) Math.round((grey[i] - mean) / 2);
    }
    return thumbnail;
  }

  private static double difference(byte[] a, byte[] b) {
    int sum = 0;
    for (int i = 0; i < CELLS; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return 2.0 * sum / CELLS;
  }

  /** Writes all that this gate knows. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(accepted.size());
    for (Map.Entry<String, Deque<byte[]>> camera : accepted.entrySet()) {
      out.writeUTF(camera.getKey());
      out.writeInt(camera.getValue().size());
      for (byte[] thumbnail : camera.getValue()) {
        out.write(thumbnail);
      }
    }
  }

  /** Becomes what was written. */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the gate was written by version %d, this Alcedo reads version %d"
              .formatted(version, VERSION));
    }
    accepted.clear();
    int cameras = in.readInt();
    for (int i = 0; i < cameras; i++) {
      Deque<byte[]> known = new ArrayDeque<>();
      accepted.put(in.readUTF(), known);
      int count = in.readInt();
      for (int k = 0; k < count; k++) {
        byte[] thumbnail = new byte[CELLS];
        in.readFully(thumbnail);
        known.addLast(thumbnail);
      }
    }
  }
}
