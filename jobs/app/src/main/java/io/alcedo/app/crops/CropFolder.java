package io.alcedo.app.crops;

import io.alcedo.app.crops.CropsConfig.Source;
import io.alcedo.connectors.simulation.SceneSpec;
import io.alcedo.training.data.CocoDataset;
import io.alcedo.training.data.CropName;
import io.alcedo.training.data.TrackedCrop;
import io.alcedo.training.data.TrackedCrops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Crops as files, for the training of an encoder: a folder for each identity, in it a JPEG for each
 * crop whose name is the camera and the second in which it was taken, as in {@code
 * plaza-1_person-7/plaza-1@12.40.jpg}.
 *
 * @param base folder to which the configuration's paths are relative
 * @param detector looks where there is no ground truth
 */
public record CropFolder(CropsConfig config, Path base, Path detector) {

  /** Told what a source gave. */
  public interface Listener {
    void wrote(String source, int crops, long identities);
  }

  /**
   * Writes all crops.
   *
   * @throws io.alcedo.connectors.InvalidInputException if a source cannot be read
   */
  public void write(Path output, Listener listener) throws IOException {
    for (Source source : config.sources()) {
      List<TrackedCrop> crops = crops(source);
      for (TrackedCrop crop : crops) {
        write(output, crop);
      }
      listener.wrote(
          source.name(),
          crops.size(),
          crops.stream().map(TrackedCrop::identity).distinct().count());
    }
  }

  private List<TrackedCrop> crops(Source source) {
    TrackedCrops cutter = new TrackedCrops(source.every(), config.minHeight(), config.minVisible());
    if (source.video() != null) {
      CropsConfig.Video video = source.video();
      return cutter.ofVideo(
          source.name(),
          base.resolve(video.file()),
          base.resolve(video.truth()),
          video.firstFrame(),
          video.lastFrame());
    }
    if (source.scene() != null) {
      SceneSpec scene = SceneSpec.parse(source.scene().address());
      return cutter.ofScene(source.name(), scene, source.scene().frames());
    }
    if (source.coco() != null) {
      CocoDataset pictures =
          CocoDataset.read(
              base.resolve(source.coco().annotations()),
              base.resolve(source.coco().folder()),
              List.of("person"));
      return cutter.ofPictures(source.name(), pictures);
    }
    try (DetectedCrops detected = new DetectedCrops(detector)) {
      CropsConfig.Detected where = source.detected();
      return where.file() == null
          ? detected.ofScene(source.name(), SceneSpec.parse(where.scene()), where.frames(), cutter)
          : detected.ofVideo(source.name(), base.resolve(where.file()), where.frames(), cutter);
    }
  }

  private static void write(Path output, TrackedCrop crop) throws IOException {
    Path folder = output.resolve(crop.identity().replaceAll("[^\\w.-]+", "_"));
    Files.createDirectories(folder);
    String name = new CropName(crop.camera(), crop.seconds()).fileName();
    Files.write(folder.resolve(name), crop.picture().jpeg());
  }
}
