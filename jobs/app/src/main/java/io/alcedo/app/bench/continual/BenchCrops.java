package io.alcedo.app.bench.continual;

import io.alcedo.app.crops.CropFolder;
import io.alcedo.app.crops.CropsConfig;
import io.alcedo.training.data.CropName;
import io.alcedo.training.data.ImageFolder;
import io.alcedo.training.data.TrackedCrop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Crops that are cut once and kept as files.
 *
 * @param base folder to which sources are relative
 * @param detector looks where there is no ground truth
 * @param folder keeps them
 * @param out is told what was cut
 */
record BenchCrops(Path base, Path detector, Path folder, PrintWriter out) {

  /** Crops in the order of time. */
  List<TrackedCrop> of(String name, CropsConfig sources) throws IOException {
    Path kept = folder.resolve(name);
    if (!Files.isDirectory(kept)) {
      Path half = Files.createTempDirectory(Files.createDirectories(folder), "half-");
      new CropFolder(sources, base, detector)
          .write(
              half,
              (source, crops, identities) -> {
                out.println("%s, %s: %d crops of %d".formatted(name, source, crops, identities));
                out.flush();
              });
      Files.move(half, kept);
    }
    return read(kept);
  }

  private static List<TrackedCrop> read(Path kept) {
    List<TrackedCrop> crops = new ArrayList<>();
    try (ImageFolder pictures = ImageFolder.open(kept, null)) {
      for (int i = 0; i < pictures.size(); i++) {
        CropName name = CropName.parse(pictures.name(i));
        String identity = pictures.labels().get(pictures.label(i));
        crops.add(new TrackedCrop(identity, name.camera(), name.seconds(), pictures.picture(i)));
      }
    }
    crops.sort(
        Comparator.comparingDouble(TrackedCrop::seconds).thenComparing(TrackedCrop::identity));
    return crops;
  }
}
