package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir private Path directory;

  @Test
  void takesClassesFromFolderNames() throws IOException {
    Picture red = PictureFixture.noise(20, 10, 0, new SplittableRandom(1));
    write("train/apple/1.PNG", PictureFixture.png(red));
    write("train/pear/1.png", PictureFixture.png(red));
    write("train/pear/2.png", PictureFixture.png(red));
    write("train/pear/notes.txt", new byte[] {1});

    try (ImageFolder folder = ImageFolder.open(directory, null)) {
      assertThat(folder.labels()).containsExactly("apple", "pear");
      assertThat(labels(folder)).containsExactly(0, 1, 1);
      assertThat(folder.picture(0).rgb()).isEqualTo(red.rgb());
      assertThat(folder.picture(0).width()).isEqualTo(20);
    }
    try (ImageFolder folder = ImageFolder.open(directory, List.of("pear", "plum", "apple"))) {
      assertThat(labels(folder)).containsExactly(2, 0, 0);
    }
  }

  @Test
  void followsALinkToAFolder(@TempDir Path elsewhere) throws IOException {
    write(
        "apple/1.png", PictureFixture.png(PictureFixture.noise(4, 4, 0, new SplittableRandom(1))));
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), directory);
    try (ImageFolder folder = ImageFolder.open(link, null)) {
      assertThat(folder.labels()).containsExactly("apple");
    }
  }

  @Test
  void readsAZipInPlace() throws IOException {
    Path zip = directory.resolve("pictures.zip");
    PictureFixture.zip(zip, 8, "blue", "red");
    try (ImageFolder folder = ImageFolder.open(zip, null)) {
      assertThat(folder.size()).isEqualTo(32);
      assertThat(folder.labels()).containsExactly("blue", "red");
      Picture last = folder.picture(31);
      assertThat(last.rgb()[0] & 0xff).isGreaterThan(last.rgb()[2] & 0xff);
    }
  }

  @Test
  void holdsOutTheSamePicturesEachTime() throws IOException {
    Path zip = directory.resolve("pictures.zip");
    PictureFixture.zip(zip, 8, "blue", "red");
    try (ImageFolder folder = ImageFolder.open(zip, null)) {
      PictureSet.Split split = PictureSet.split(folder, 5, 1);
      assertThat(split.heldOut().indices()).hasSize(5);
      assertThat(split.training().indices()).doesNotContain(split.heldOut().indices()).hasSize(27);
      assertThat(PictureSet.split(folder, 5, 1).heldOut().indices())
          .isEqualTo(split.heldOut().indices());
      assertThat(PictureSet.split(folder, 5, 2).heldOut().indices())
          .isNotEqualTo(split.heldOut().indices());
    }
  }

  @Test
  void goesThroughEachEpochInANewOrder() throws IOException {
    Path zip = directory.resolve("pictures.zip");
    PictureFixture.zip(zip, 8, "blue", "red");
    try (ImageFolder folder = ImageFolder.open(zip, null)) {
      PictureView still = new PadCrop(8, 0);
      PictureBatches batches = new PictureBatches(PictureSet.all(folder), still, 16, 7);
      List<Integer> first = reds(batches, 0);
      List<Integer> second = reds(batches, 2);
      assertThat(first.get(0) + first.get(1)).isEqualTo(16);
      assertThat(second.get(0) + second.get(1)).isEqualTo(16);
      assertThat(batches.apply(2).pixels()).isNotEqualTo(batches.apply(0).pixels());
      assertThat(batches.apply(0).pixels())
          .isEqualTo(new PictureBatches(PictureSet.all(folder), still, 16, 7).apply(0).pixels());
    }
  }

  @Test
  void namesWhatIsNoPicture() throws IOException {
    write("a/1.jpg", new byte[] {1, 2, 3});
    write("a/2.jpg", new byte[0]);
    try (ImageFolder folder = ImageFolder.open(directory, null)) {
      for (int i = 0; i < 2; i++) {
        int index = i;
        assertThatThrownBy(() -> folder.picture(index))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("a/%d.jpg: is no picture", i + 1);
      }
    }
  }

  @Test
  void refusesFoldersWithoutClasses() throws IOException {
    write("1.jpg", new byte[] {1});
    assertThatThrownBy(() -> ImageFolder.open(directory, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Put each class's pictures into a folder of its name");
  }

  private static List<Integer> reds(PictureBatches batches, int first) {
    return IntStream.range(first, first + 2)
        .mapToObj(number -> (int) java.util.Arrays.stream(batches.apply(number).labels()).sum())
        .toList();
  }

  private static int[] labels(ImageFolder folder) {
    return IntStream.range(0, folder.size()).map(folder::label).toArray();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }
}
