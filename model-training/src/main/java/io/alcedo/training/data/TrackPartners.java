package io.alcedo.training.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Other pictures of the same track: those of a folder that were taken at least half a second before
 * or after, or by another camera. Safe for several threads.
 */
final class TrackPartners {
  private static final double APART_SECONDS = 0.5;

  private final ImageFolder folder;
  private final Map<Integer, List<Integer>> tracks = new HashMap<>();
  private final Map<Integer, CropName> names = new HashMap<>();

  /**
   * Sorts pictures by track.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a name does not tell camera and time
   */
  TrackPartners(PictureSet pictures) {
    folder = pictures.folder();
    for (int index : pictures.indices()) {
      names.put(index, CropName.parse(folder.name(index)));
      tracks.computeIfAbsent(folder.label(index), unused -> new ArrayList<>()).add(index);
    }
  }

  /**
   * One of them, or the picture itself if there is none.
   *
   * @param index of a picture in the folder
   */
  int partner(int index, RandomGenerator random) {
    CropName own = names.get(index);
    List<Integer> others = new ArrayList<>();
    for (int other : tracks.get(folder.label(index))) {
      CropName name = names.get(other);
      boolean elsewhere = !name.camera().equals(own.camera());
      if (elsewhere || Math.abs(name.seconds() - own.seconds()) >= APART_SECONDS) {
        others.add(other);
      }
    }
    return others.isEmpty() ? index : others.get(random.nextInt(others.size()));
  }
}
