package io.alcedo.training.train;

import io.alcedo.connectors.simulation.TrainingSamples;
import io.alcedo.training.data.CocoDataset;
import io.alcedo.training.data.DetectionDataset;
import io.alcedo.training.data.MotFolderDataset;
import io.alcedo.training.data.MotVideoDataset;
import io.alcedo.training.data.SimulatedDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One source of labelled pictures; exactly one of the kinds is given. Paths are relative to the
 * configuration's folder.
 *
 * @param name in messages and tables; the kind if left out
 * @param share of the draws of training, relative to the other sources'
 * @param video a video with MOT ground truth
 * @param mot a sequence of the MOT challenge
 * @param coco pictures with COCO annotations
 * @param simulated made-up pictures
 */
public record DataConfig(
    String name, Double share, Video video, Mot mot, Coco coco, Simulated simulated) {
  /** Frames firstFrame to lastFrame (from 1, inclusive) of a video. */
  public record Video(String file, String truth, Integer firstFrame, Integer lastFrame) {
    public Video {
      if (file == null || truth == null || firstFrame == null || lastFrame == null) {
        throw new IllegalArgumentException("expected file, truth, firstFrame and lastFrame");
      }
      requireRange(firstFrame, lastFrame);
    }
  }

  /** Frames firstFrame to lastFrame (from 1, inclusive) of {@code img1} and {@code gt/gt.txt}. */
  public record Mot(String folder, Integer firstFrame, Integer lastFrame) {
    public Mot {
      if (folder == null || firstFrame == null || lastFrame == null) {
        throw new IllegalArgumentException("expected folder, firstFrame and lastFrame");
      }
      requireRange(firstFrame, lastFrame);
    }
  }

  private static void requireRange(int firstFrame, int lastFrame) {
    if (firstFrame < 1 || lastFrame < firstFrame) {
      throw new IllegalArgumentException(
          "firstFrame is %d and lastFrame %d, expected 1 <= firstFrame <= lastFrame"
              .formatted(firstFrame, lastFrame));
    }
  }

  /** Pictures in a folder with a COCO JSON. */
  public record Coco(String annotations, String folder) {
    public Coco {
      if (annotations == null || folder == null) {
        throw new IllegalArgumentException("expected annotations and folder");
      }
    }
  }

  /**
   * Made-up pictures.
   *
   * @param scenes training or held-out
   * @param seed of all of them
   * @param count how many
   * @param width px
   * @param height px
   * @param leastVisible share of a person that has to show for it to count; others are ignored
   * @param leastHeight px of what shows of a person, likewise
   */
  public record Simulated(
      String scenes,
      Long seed,
      Integer count,
      Integer width,
      Integer height,
      Double leastVisible,
      Double leastHeight) {
    public Simulated {
      scenes = scenes == null ? "training" : scenes;
      seed = seed == null ? 1 : seed;
      count = count == null ? 1000 : count;
      width = width == null ? 640 : width;
      height = height == null ? 480 : height;
      leastVisible = leastVisible == null ? 0.2 : leastVisible;
      leastHeight = leastHeight == null ? 0 : leastHeight;
      if (!List.of("training", "held-out").contains(scenes)) {
        throw new IllegalArgumentException(
            "scenes is '%s', expected training or held-out".formatted(scenes));
      }
      if (count < 1 || width < 64 || height < 64) {
        throw new IllegalArgumentException(
            "count is %d, width %d, height %d, expected at least 1, 64, 64"
                .formatted(count, width, height));
      }
    }

    private TrainingSamples.Split split() {
      return TrainingSamples.Split.valueOf(scenes.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  public DataConfig {
    share = share == null ? 1 : share;
    if (!(share > 0)) {
      throw new IllegalArgumentException("share is %s, expected above 0".formatted(share));
    }
    if (Stream.of(video, mot, coco, simulated).filter(Objects::nonNull).count() != 1) {
      throw new IllegalArgumentException("expected just one of video, mot, coco, simulated");
    }
    name = name == null ? kind(video, mot, coco) : name;
  }

  private static String kind(Video video, Mot mot, Coco coco) {
    if (video != null) {
      return "video";
    }
    return mot != null ? "mot" : coco != null ? "coco" : "simulated";
  }

  /**
   * Opens the source.
   *
   * @param base folder to which paths are relative
   * @param labels wanted class names, in the order of their labels
   * @throws io.alcedo.connectors.InvalidInputException if it cannot be read
   */
  public DetectionDataset open(Path base, List<String> labels) {
    if (video != null) {
      return MotVideoDataset.read(
          base.resolve(video.file()),
          base.resolve(video.truth()),
          video.firstFrame(),
          video.lastFrame());
    }
    if (mot != null) {
      return MotFolderDataset.read(base.resolve(mot.folder()), mot.firstFrame(), mot.lastFrame());
    }
    if (coco != null) {
      return CocoDataset.read(
          base.resolve(coco.annotations()), base.resolve(coco.folder()), labels);
    }
    return new SimulatedDataset(
        simulated.split(),
        simulated.seed(),
        simulated.count(),
        simulated.width(),
        simulated.height(),
        new SimulatedDataset.Counted(simulated.leastVisible(), simulated.leastHeight()),
        labels);
  }
}
