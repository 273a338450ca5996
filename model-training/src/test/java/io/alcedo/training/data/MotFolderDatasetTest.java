package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import io.alcedo.connectors.geometry.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotFolderDatasetTest {
  @TempDir private Path folder;

  @BeforeEach
  void writePictures() throws IOException {
    Files.createDirectories(folder.resolve("img1"));
    Files.createDirectories(folder.resolve("gt"));
    SplittableRandom random = new SplittableRandom(1);
    for (int frame = 1; frame <= 3; frame++) {
      byte[] png = PictureFixture.png(PictureFixture.noise(10 * frame, 20, 0, random));
      Files.write(folder.resolve("img1/%06d.jpg".formatted(frame)), png); // OpenCV looks inside
    }
  }

  @Test
  void readsPeopleAndWhatLooksLikeThem() throws IOException {
    truth(
        "2,1,1,2,3,4,1,1,0.9", // a pedestrian
        "2,2,5,2,3,4,0,1,0.9", // one who does not count
        "2,3,5,2,3,4,1,7,1", // a static person
        "2,4,5,2,3,4,1,3,1", // a car
        "3,1,1,2,3,4,1,1,0.9");
    MotFolderDataset dataset = MotFolderDataset.read(folder, 1, 2);
    assertThat(dataset.size()).isEqualTo(2);
    try (DetectionSample first = dataset.get(0);
        DetectionSample second = dataset.get(1)) {
      assertThat(first.objects()).isEmpty();
      assertThat(second.picture().cols()).isEqualTo(20);
      assertThat(second.objects())
          .extracting(SampleObject::ignored)
          .containsExactly(false, true, true);
      assertThat(second.objects().get(0).box()).isEqualTo(new Box(1, 2, 3, 4));
    }
    assertThat(MotTruth.read(folder.resolve("gt/gt.txt")).get(2)).hasSize(1);
  }

  @Test
  void readsTheFormatOf2015WhichHasNoClasses() throws IOException {
    truth("1,1,1,2,3,4,1,-1,-1,-1", "1,2,5,2,3,4,1,3.5,7,0");
    try (DetectionSample sample = MotFolderDataset.read(folder, 1, 1).get(0)) {
      assertThat(sample.objects()).hasSize(2).noneMatch(SampleObject::ignored);
    }
  }

  @Test
  void namesTheFrameThatIsNotThere() throws IOException {
    truth("1,1,1,2,3,4,1,1,1");
    assertThatThrownBy(() -> MotFolderDataset.read(folder, 2, 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("000004.jpg: is not there");
    truth("1,1,1,2");
    assertThatThrownBy(() -> MotFolderDataset.read(folder, 1, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 1: expected frame,id,left,top,width,height");
  }

  private void truth(String... lines) throws IOException {
    Files.write(folder.resolve("gt/gt.txt"), java.util.List.of(lines));
  }
}
