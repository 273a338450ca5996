package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imwrite;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoDatasetTest {
  @TempDir private Path folder;

  @BeforeEach
  void writePicture() {
    try (Mat grey = new Mat(6, 8, CV_8UC3, new Scalar(90, 90, 90, 0))) {
      imwrite(folder.resolve("a.png").toString(), grey);
    }
  }

  /** The crowd's runs: 12 outside, then 6, in columns of 6: the whole third column. */
  @Test
  void readsPolygonsCrowdsAndAreas() throws IOException {
    List<SampleObject> objects =
        objects(
            """
            {"id": 1, "image_id": 7, "category_id": 5, "bbox": [2, 1, 3, 3], "area": 8.5,
             "iscrowd": 0, "segmentation": [[2, 1, 5, 1, 5, 4, 2, 4]]},
            {"id": 2, "image_id": 7, "category_id": 5, "bbox": [2, 0, 1, 6], "iscrowd": 1,
             "segmentation": {"counts": [12, 6, 30], "size": [6, 8]}},
            {"id": 3, "image_id": 7, "category_id": 6, "bbox": [0, 0, 1, 1], "iscrowd": 0,
             "segmentation": [[0, 0, 1, 0, 1, 1]]}
            """);
    assertThat(objects).hasSize(2);
    SampleObject person = objects.get(0);
    assertThat(person.box()).isEqualTo(new Box(2, 1, 3, 3));
    assertThat(person.label()).isEqualTo(1);
    assertThat(person.mask().area()).as("3 x 3 pixels").isEqualTo(9);
    assertThat(person.area()).as("the annotation's").isEqualTo(8.5);
    SampleObject crowd = objects.get(1);
    assertThat(crowd.ignored()).isTrue();
    assertThat(crowd.mask().area()).isEqualTo(6);
    assertThat(crowd.area()).as("its mask's, where the annotation has none").isEqualTo(6);
  }

  @Test
  void namesTheAnnotationThatIsWrong() {
    assertThatThrownBy(
            () ->
                objects(
                    """
                    {"id": 9, "image_id": 7, "category_id": 5, "bbox": [0, 0, 1, 1],
                     "segmentation": [[0, 0, 1, 1]]}
                    """))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("truth.json: annotation 9: a polygon has 4 coordinates");
  }

  private List<SampleObject> objects(String annotations) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("truth.json"),
            """
            {"images": [{"id": 7, "file_name": "a.png", "width": 8, "height": 6}],
             "categories": [{"id": 5, "name": "person"}, {"id": 6, "name": "cow"}],
             "annotations": [%s]}
            """
                .formatted(annotations));
    try (DetectionSample sample = CocoDataset.read(file, folder, List.of("person")).get(0)) {
      return sample.objects();
    }
  }
}
