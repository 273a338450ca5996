package io.alcedo.app.crops;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whose pictures are cut out, from a YAML file. Paths are relative to its folder.
 *
 * @param sources where they come from
 * @param minHeight shorter people are left out, px; default 24
 * @param minVisible of simulated people, share of the body that must show; default 0.5
 */
public record CropsConfig(List<Source> sources, Double minHeight, Double minVisible) {

  /**
   * One source; exactly one of the kinds is given.
   *
   * @param name of its camera
   * @param every one frame in so many is looked at; default 1
   * @param video with ground truth of who is where
   * @param scene a simulated camera
   * @param coco pictures with COCO annotations: everybody is somebody else
   * @param detected pictures without ground truth: a detector finds people and a tracker says who
   *     is who
   */
  public record Source(
      String name, Integer every, Video video, Scene scene, Coco coco, Detected detected) {
    public Source {
      if (name == null || !name.matches("[A-Za-z0-9._-]{1,64}")) {
        throw new IllegalArgumentException(
            "name is '%s', expected letters, digits, '.', '_' and '-'".formatted(name));
      }
      every = every == null ? 1 : every;
      if (every < 1) {
        throw new IllegalArgumentException("every is %d, expected 1 or more".formatted(every));
      }
      if (Stream.of(video, scene, coco, detected).filter(Objects::nonNull).count() != 1) {
        throw new IllegalArgumentException("expected just one of video, scene, coco, detected");
      }
    }
  }

  /** Frames firstFrame to lastFrame (from 1, inclusive) of a video with MOT ground truth. */
  public record Video(String file, String truth, Integer firstFrame, Integer lastFrame) {
    public Video {
      if (file == null || truth == null || firstFrame == null || lastFrame == null) {
        throw new IllegalArgumentException("expected file, truth, firstFrame and lastFrame");
      }
    }
  }

  /**
   * A simulated camera.
   *
   * @param address as in sim://street?seed=7
   * @param frames how many
   */
  public record Scene(String address, Integer frames) {
    public Scene {
      if (address == null || frames == null || frames < 1) {
        throw new IllegalArgumentException("expected address, and frames above 0");
      }
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
   * A video or a simulated camera in which a detector looks for people.
   *
   * @param file the video, or
   * @param scene the address of the camera
   * @param frames how many of its first frames
   */
  public record Detected(String file, String scene, Integer frames) {
    public Detected {
      if ((file == null) == (scene == null) || frames == null || frames < 1) {
        throw new IllegalArgumentException("expected either file or scene, and frames above 0");
      }
    }
  }

  public CropsConfig {
    if (sources == null || sources.isEmpty()) {
      throw new IllegalArgumentException("sources is missing, expected a list");
    }
    sources = List.copyOf(sources);
    minHeight = minHeight == null ? 24 : minHeight;
    minVisible = minVisible == null ? 0.5 : minVisible;
  }
}
