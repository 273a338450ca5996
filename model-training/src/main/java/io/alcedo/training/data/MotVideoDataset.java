package io.alcedo.training.data;

import io.alcedo.connectors.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Frames of a video with boxes in the MOT challenge's format: frame (from 1), id, left, top, width,
 * height, … Boxes only, no masks. Frames are kept encoded in memory, so that any can be had at
 * once.
 */
public final class MotVideoDataset implements DetectionDataset {
  private final List<EncodedPicture> pictures;
  private final List<List<SampleObject>> objects;

  private MotVideoDataset(List<EncodedPicture> pictures, List<List<SampleObject>> objects) {
    this.pictures = pictures;
    this.objects = objects;
  }

  /**
   * Reads a range of frames.
   *
   * @param first from 1
   * @param last inclusive
   * @throws InvalidInputException if a file cannot be read or the video is shorter
   */
  public static MotVideoDataset read(Path video, Path truth, int first, int last) {
    Map<Integer, List<SampleObject>> known = MotTruth.objects(truth);
    List<EncodedPicture> pictures = frames(video, first, last);
    List<List<SampleObject>> objects = new ArrayList<>();
    for (int frame = first; frame <= last; frame++) {
      objects.add(known.getOrDefault(frame, List.of()));
    }
    return new MotVideoDataset(pictures, objects);
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public DetectionSample get(int index) {
    return new DetectionSample(pictures.get(index).decode(), objects.get(index));
  }

  private static List<EncodedPicture> frames(Path video, int first, int last) {
    List<EncodedPicture> pictures = new ArrayList<>();
    VideoFrames.read(
        video, first, last, (number, bgr, seconds) -> pictures.add(EncodedPicture.jpeg(bgr)));
    return pictures;
  }
}
