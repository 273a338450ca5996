package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Pictures whose class is the name of the folder in which they lie, below a folder or in a zip.
 * Small pictures stay decoded in memory once they were asked for. Safe for several threads.
 */
public final class ImageFolder implements AutoCloseable {
  /** Pictures of at most this many pixels are kept: 50,000 of CIFAR's take 150 MB. */
  private static final int KEPT_PIXELS = 64 * 64;

  private final Path path;
  private final PictureFiles files;
  private final List<String> labels;
  private final int[] classes;
  private final AtomicReferenceArray<Picture> kept;

  private ImageFolder(Path path, PictureFiles files, List<String> labels) {
    this.path = path;
    this.files = files;
    this.labels = labels;
    this.classes = files.names().stream().mapToInt(name -> classOf(name, labels)).toArray();
    this.kept = new AtomicReferenceArray<>(classes.length);
  }

  /**
   * Lists the pictures.
   *
   * @param labels wanted class names in the order of their indices; null for all folders' names,
   *     sorted
   * @throws InvalidInputException if it cannot be read, has no pictures, or other classes
   */
  public static ImageFolder open(Path path, List<String> labels) {
    PictureFiles files = PictureFiles.open(path);
    List<String> found =
        new ArrayList<>(new TreeSet<>(files.names().stream().map(ImageFolder::folder).toList()));
    if (found.isEmpty() || found.contains("")) {
      files.close();
      throw new InvalidInputException(
          "%s: has no pictures in folders. Put each class's pictures into a folder of its name."
              .formatted(path));
    }
    if (labels != null && !labels.containsAll(found)) {
      files.close();
      found.removeAll(labels);
      throw new InvalidInputException(
          "%s: has folder '%s', which is no class of the network %s"
              .formatted(path, found.get(0), labels));
    }
    return new ImageFolder(path, files, labels == null ? found : List.copyOf(labels));
  }

  private static int classOf(String name, List<String> labels) {
    return labels.indexOf(folder(name));
  }

  private static String folder(String name) {
    int end = name.lastIndexOf('/');
    return end < 0 ? "" : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
  }

  /** Class names by index. */
  public List<String> labels() {
    return labels;
  }

  /** Number of pictures. */
  public int size() {
    return classes.length;
  }

  /** Name of a picture, with the folders below this one. */
  public String name(int index) {
    return files.names().get(index);
  }

  /** Index of a picture's class. */
  public int label(int index) {
    return classes[index];
  }

  /**
   * A picture.
   *
   * @throws InvalidInputException if it cannot be read or decoded
   */
  public Picture picture(int index) {
    Picture known = kept.get(index);
    if (known == null) {
      known = read(files.names().get(index));
      if (known.width() * known.height() <= KEPT_PIXELS) {
        kept.set(index, known);
      }
    }
    return known;
  }

  private Picture read(String name) {
    try {
      return Picture.decode(files.read(name), path + "/" + name);
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s/%s: cannot be read (%s)".formatted(path, name, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
