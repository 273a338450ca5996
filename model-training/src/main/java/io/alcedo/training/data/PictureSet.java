package io.alcedo.training.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Some pictures of a folder, in an order.
 *
 * @param indices into the folder
 */
public record PictureSet(ImageFolder folder, int[] indices) {
  /** All of them. */
  public static PictureSet all(ImageFolder folder) {
    int[] indices = new int[folder.size()];
    Arrays.setAll(indices, i -> i);
    return new PictureSet(folder, indices);
  }

  /** What is trained on and what is held out. */
  public record Split(PictureSet training, PictureSet heldOut) {}

  /**
   * Holds out the last pictures of a shuffle. The same seed holds out the same pictures, whatever
   * the seed of the training.
   */
  public static Split split(ImageFolder folder, int heldOut, long seed) {
    int[] order = all(folder).shuffled(new SplittableRandom(seed)).indices();
    int first = order.length - heldOut;
    return new Split(
        new PictureSet(folder, Arrays.copyOfRange(order, 0, first)),
        new PictureSet(folder, Arrays.copyOfRange(order, first, order.length)));
  }

  /** The same pictures in a random order. */
  public PictureSet shuffled(RandomGenerator random) {
    int[] order = indices.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[other];
      order[other] = swapped;
    }
    return new PictureSet(folder, order);
  }

  /** So many of them in a row. */
  public PictureSet part(int first, int count) {
    return new PictureSet(folder, Arrays.copyOfRange(indices, first, first + count));
  }

  public int size() {
    return indices.length;
  }

  /** One picture. */
  public Picture picture(int index) {
    return folder.picture(indices[index]);
  }

  /** Its name, with the folders below the set's. */
  public String name(int index) {
    return folder.name(indices[index]);
  }

  /** Index of its class. */
  public int label(int index) {
    return folder.label(indices[index]);
  }
}
