package io.alcedo.training.train;

import io.alcedo.training.data.CocoDataset;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.MotVideoDataset;
import java.nio.file.Path;
import java.util.List;

/**
 * One source of training pictures; exactly one of the kinds is given. Paths are relative to the
 * configuration's folder.
 *
 * @param share of the draws, relative to the other sources'
 * @param video a video with MOT ground truth
 * @param coco pictures with COCO annotations
 */
public record DataConfig(Double share, Video video, Coco coco) {
  /** Frames firstFrame to lastFrame (from 1, inclusive) of a video. */
  public record Video(String file, String truth, Integer firstFrame, Integer lastFrame) {}

  /** Pictures in a folder with a COCO JSON. */
  public record Coco(String annotations, String folder) {}

  public DataConfig {
    share = share == null ? 1 : share;
    if (share <= 0) {
      throw new IllegalArgumentException("share is %s, expected above 0".formatted(share));
    }
    if ((video == null) == (coco == null)) {
      throw new IllegalArgumentException("expected either video or coco");
    }
  }

  /**
   * Opens the source.
   *
   * @param labels wanted class names, in the order of their labels
   */
  DetectionDataset open(Path base, List<String> labels) {
    if (video != null) {
      return MotVideoDataset.read(
          base.resolve(video.file()),
          base.resolve(video.truth()),
          video.firstFrame(),
          video.lastFrame());
    }
    return CocoDataset.read(base.resolve(coco.annotations()), base.resolve(coco.folder()), labels);
  }
}
