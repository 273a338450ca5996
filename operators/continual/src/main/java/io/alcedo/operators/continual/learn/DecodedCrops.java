package io.alcedo.operators.continual.learn;

import io.alcedo.operators.continual.replay.Sample;
import io.alcedo.training.data.Picture;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures of remembered crops, decoded once while there is room; those that were asked for longest
 * ago go first. No state: what is not here is decoded again.
 */
final class DecodedCrops {
  private static final long MOST_BYTES = 256L << 20;

  private final Map<String, Picture> pictures = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /** Keeps a picture. */
  void put(String id, Picture picture) {
    Picture before = pictures.put(id, picture);
    bytes += picture.rgb().length - (before == null ? 0 : before.rgb().length);
    var oldest = pictures.values().iterator();
    while (bytes > MOST_BYTES && oldest.hasNext()) {
      bytes -= oldest.next().rgb().length;
      oldest.remove();
    }
  }

  /** The picture of a sample. */
  Picture of(Sample sample) {
    Picture picture = pictures.get(sample.id());
    if (picture == null) {
      picture = Picture.decode(sample.jpeg(), sample.id());
      put(sample.id(), picture);
    }
    return picture;
  }
}
