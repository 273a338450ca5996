package io.alcedo.training.data;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.PolygonMask;
import io.alcedo.connectors.geometry.RleMask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Pictures with instances in COCO's JSON: polygons, run lengths, crowds. Of the categories only
 * those wanted are learned; crowds of them are ignored regions.
 */
public final class CocoDataset implements DetectionDataset {
  private record Picture(Path file, List<SampleObject> objects) {}

  private final List<Picture> pictures;

  private CocoDataset(List<Picture> pictures) {
    this.pictures = pictures;
  }

  /**
   * Reads annotations; pictures are read when asked for.
   *
   * @param categories names of the wanted categories; the first has label 1
   * @throws InvalidInputException if the file is no COCO JSON, lacks a category, or names pictures
   *     that are not there
   */
  public static CocoDataset read(Path annotations, Path folder, List<String> categories) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(annotations.toFile());
    } catch (IOException e) {
      throw new InvalidInputException(
          "%s: is no readable JSON (%s)".formatted(annotations, e.getClass().getSimpleName()), e);
    }
    Map<Long, Integer> labels = labels(annotations, root, categories);
    Map<Long, JsonNode> images = new HashMap<>();
    Map<Long, List<SampleObject>> objects = new HashMap<>();
    for (JsonNode image : root.path("images")) {
      images.put(image.path("id").asLong(), image);
    }
    for (JsonNode annotation : root.path("annotations")) {
      Integer label = labels.get(annotation.path("category_id").asLong());
      long image = annotation.path("image_id").asLong();
      if (label != null && images.containsKey(image)) {
        objects
            .computeIfAbsent(image, unused -> new ArrayList<>())
            .add(checked(annotations, annotation, images.get(image), label));
      }
    }
    List<Picture> pictures = new ArrayList<>();
    images.forEach(
        (id, image) -> {
          Path file = folder.resolve(image.path("file_name").asText());
          if (!Files.exists(file)) {
            throw new InvalidInputException(
                "%s: picture %s is not there. Give the folder of the pictures."
                    .formatted(annotations, file));
          }
          pictures.add(new Picture(file, objects.getOrDefault(id, List.of())));
        });
    pictures.sort(java.util.Comparator.comparing(Picture::file));
    return new CocoDataset(pictures);
  }

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public DetectionSample get(int index) {
    Picture picture = pictures.get(index);
    Mat pixels = imread(picture.file().toString(), IMREAD_COLOR);
    if (pixels.empty()) {
      throw new InvalidInputException(picture.file() + ": is no picture that can be decoded");
    }
    return new DetectionSample(pixels, picture.objects());
  }

  private static Map<Long, Integer> labels(
      Path annotations, JsonNode root, List<String> categories) {
    Map<Long, Integer> labels = new HashMap<>();
    for (JsonNode category : root.path("categories")) {
      int label = categories.indexOf(category.path("name").asText());
      if (label >= 0) {
        labels.put(category.path("id").asLong(), label + 1);
      }
    }
    if (labels.size() != categories.size()) {
      throw new InvalidInputException(
          "%s: wanted categories %s, found %d of them"
              .formatted(annotations, categories, labels.size()));
    }
    return labels;
  }

  private static SampleObject checked(Path file, JsonNode annotation, JsonNode image, int label) {
    try {
      return object(annotation, image, label);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "%s: annotation %s: %s".formatted(file, annotation.path("id"), e.getMessage()), e);
    }
  }

  private static SampleObject object(JsonNode annotation, JsonNode image, int label) {
    JsonNode box = annotation.path("bbox");
    int height = image.path("height").asInt();
    int width = image.path("width").asInt();
    Box place =
        new Box(
            box.path(0).asDouble(),
            box.path(1).asDouble(),
            box.path(2).asDouble(),
            box.path(3).asDouble());
    RleMask mask = mask(annotation.path("segmentation"), height, width);
    boolean crowd = annotation.path("iscrowd").asInt() != 0;
    return annotation.has("area")
        ? new SampleObject(place, label, mask, annotation.path("area").asDouble(), crowd)
        : new SampleObject(place, label, mask, crowd);
  }

  private static RleMask mask(JsonNode segmentation, int height, int width) {
    if (segmentation.isArray()) {
      return polygons(segmentation, height, width);
    }
    JsonNode counts = segmentation.path("counts");
    if (counts.isTextual()) {
      return new RleMask(height, width, counts.textValue());
    }
    List<Long> runs = new ArrayList<>();
    counts.forEach(run -> runs.add(run.asLong()));
    return RleMask.ofRuns(runs, height, width);
  }

  private static RleMask polygons(JsonNode segmentation, int height, int width) {
    List<double[]> polygons = new ArrayList<>();
    for (JsonNode polygon : segmentation) {
      double[] corners = new double[polygon.size()];
      for (int i = 0; i < corners.length; i++) {
        corners[i] = polygon.path(i).asDouble();
      }
      polygons.add(corners);
    }
    return PolygonMask.fill(polygons, height, width);
  }
}
