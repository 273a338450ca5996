package io.alcedo.app.index;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.pictures.PictureStore;
import io.alcedo.connectors.wire.CropFile;
import io.alcedo.connectors.wire.WireFormatException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored pictures of crops of which there is no vector, by what each file says of itself; those
 * that were stored last come first.
 */
final class StoredCrops implements Past {
  private static final Logger LOG = LoggerFactory.getLogger(StoredCrops.class);

  /** A store of many machines takes some milliseconds for each. */
  private static final int MOST = 64;

  private final PictureStore pictures;
  private final List<String> ids;
  private final Instant from;
  private final Function<Collection<String>, Set<String>> known;
  private final Function<Crop, Set<String>> zones;
  private int next;
  private long silent;

  /**
   * Lists the store.
   *
   * @param from what was captured before is passed over; null: nothing is
   * @param known which of these ids have a vector
   * @param zones in which an object stood
   * @throws IOException if the store cannot be reached
   */
  StoredCrops(
      PictureStore pictures,
      Instant from,
      Function<Collection<String>, Set<String>> known,
      Function<Crop, Set<String>> zones)
      throws IOException {
    this.pictures = pictures;
    this.ids = pictures.newestFirst();
    this.from = from;
    this.known = known;
    this.zones = zones;
  }

  /** How many there are. */
  int total() {
    return ids.size();
  }

  /** How many were looked at. */
  int looked() {
    return next;
  }

  /** Pictures that do not say what they show. */
  long silent() {
    return silent;
  }

  @Override
  public boolean isOver() {
    return next == ids.size();
  }

  @Override
  public List<VectorFacts> nextFacts(int count) throws IOException {
    int end = Math.min(ids.size(), next + Math.min(count, MOST));
    List<String> page = ids.subList(next, end);
    Set<String> has = known.apply(page);
    List<VectorFacts> facts = new ArrayList<>();
    for (String id : page) {
      if (!has.contains(id)) {
        add(id, facts);
      }
    }
    next = end;
    return facts;
  }

  private void add(String id, List<VectorFacts> facts) throws IOException {
    byte[] file = pictures.find(id).orElse(null);
    if (file == null) {
      return; // deleted since it was listed
    }
    try {
      Crop crop = CropFile.parse(file);
      if (!crop.id().equals(id)) {
        throw new WireFormatException("it says that it is %s".formatted(crop.id()));
      }
      if (from == null || !crop.captureTime().isBefore(from)) {
        facts.add(VectorFacts.of(crop, zones.apply(crop)));
      }
    } catch (WireFormatException | IllegalArgumentException e) {
      silent++;
      LOG.warn("crop {} in {} is passed over: {}", id, pictures.root(), e.getMessage());
    }
  }
}
