package io.alcedo.operators.continual.intake;

import io.alcedo.operators.continual.replay.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Crops by which candidates are judged and that nothing is learned from: one track in so many is
 * held out, whatever the order in which crops come. Bounded: the track that was silent longest goes
 * first, and of a track its oldest crops.
 */
public final class Probe {
  private static final int VERSION = 1;

  private final int oneTrackIn;
  private final int maxTracks;
  private final int maxCropsOfTrack;
  private final Map<String, Deque<Sample>> tracks = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Begins.
   *
   * @param oneTrackIn of so many tracks one is held out, 2 or more
   */
  public Probe(int oneTrackIn, int maxTracks, int maxCropsOfTrack) {
    if (oneTrackIn < 2 || maxTracks < 1 || maxCropsOfTrack < 2) {
      throw new IllegalArgumentException(
          "a probe of one track in %d, %d tracks and %d crops of each, expected at least 2, 1 and 2"
              .formatted(oneTrackIn, maxTracks, maxCropsOfTrack));
    }
    this.oneTrackIn = oneTrackIn;
    this.maxTracks = maxTracks;
    this.maxCropsOfTrack = maxCropsOfTrack;
  }

  /** Whether a track is held out; the same for ever. */
  public boolean holdsOut(String track) {
    // The upper bits: String.hashCode's lower ones follow the last characters.
    return Math.floorMod((track.hashCode() * 0x9E3779B9) >>> 8, oneTrackIn) == 0;
  }

  /** Keeps a crop of a track that is held out. */
  public void add(Sample sample) {
    Deque<Sample> crops = tracks.computeIfAbsent(sample.track(), unused -> new ArrayDeque<>());
    crops.addLast(sample);
    if (crops.size() > maxCropsOfTrack) {
      crops.removeFirst();
    }
    if (tracks.size() > maxTracks) {
      tracks.remove(tracks.keySet().iterator().next());
    }
  }

  /** What is kept. */
  public List<Sample> crops() {
    return tracks.values().stream().flatMap(Deque::stream).toList();
  }

  /** Writes all that this probe knows. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    List<Sample> crops = crops();
    out.writeInt(crops.size());
    for (Sample crop : crops) {
      crop.write(out);
    }
  }

  /** Becomes what was written. */
  public void read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "the probe was written by version %d, this Alcedo reads version %d"
              .formatted(version, VERSION));
    }
    tracks.clear();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(Sample.read(in));
    }
  }
}
