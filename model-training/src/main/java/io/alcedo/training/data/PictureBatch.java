package io.alcedo.training.data;

/**
 * Pictures of one size with their classes.
 *
 * @param pixels [N, height, width, 3] RGB
 * @param labels [N]
 * @param width px
 * @param height px
 */
public record PictureBatch(byte[] pixels, long[] labels, int width, int height) {
  /** Lays pictures of one size side by side. */
  public static PictureBatch of(Picture[] pictures, long[] labels) {
    int size = pictures[0].rgb().length;
    byte[] pixels = new byte[pictures.length * size];
    for (int i = 0; i < pictures.length; i++) {
      System.arraycopy(pictures[i].rgb(), 0, pixels, i * size, size);
    }
    return new PictureBatch(pixels, labels, pictures[0].width(), pictures[0].height());
  }

  /** Number of pictures. */
  public int size() {
    return labels.length;
  }
}
