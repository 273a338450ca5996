package io.alcedo.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackPartnersTest {
  @TempDir private Path folder;

  @Test
  void areOfTheSameTrackAtAnotherTimeOrElsewhere() throws IOException {
    PictureFixture.crop(folder, "anna", "gate@0.00.jpg", "red");
    PictureFixture.crop(folder, "anna", "gate@0.40.jpg", "red");
    PictureFixture.crop(folder, "anna", "gate@0.50.jpg", "red");
    PictureFixture.crop(folder, "anna", "yard@0.00.jpg", "red");
    PictureFixture.crop(folder, "ben", "gate@9.00.jpg", "blue");
    try (ImageFolder crops = ImageFolder.open(folder, null)) {
      TrackPartners partners = new TrackPartners(PictureSet.all(crops));
      assertThat(of(partners, crops, 0))
          .containsExactly("anna/gate@0.50.jpg", "anna/yard@0.00.jpg");
      assertThat(of(partners, crops, 1)).containsExactly("anna/yard@0.00.jpg");
      assertThat(of(partners, crops, 4)).containsExactly("ben/gate@9.00.jpg");
    }
  }

  @Test
  void areOnlyOfThePicturesThatAreLearned() throws IOException {
    PictureFixture.crop(folder, "anna", "gate@0.00.jpg", "red");
    PictureFixture.crop(folder, "anna", "gate@5.00.jpg", "red");
    PictureFixture.crop(folder, "anna", "gate@9.00.jpg", "red");
    try (ImageFolder crops = ImageFolder.open(folder, null)) {
      TrackPartners partners = new TrackPartners(new PictureSet(crops, new int[] {0, 2}));
      assertThat(of(partners, crops, 0)).containsExactly("anna/gate@9.00.jpg");
    }
  }

  @Test
  void needCameraAndTimeInTheName() throws IOException {
    PictureFixture.crop(folder, "anna", "portrait.jpg", "red");
    try (ImageFolder crops = ImageFolder.open(folder, null)) {
      assertThatThrownBy(() -> new TrackPartners(PictureSet.all(crops)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("anna/portrait.jpg: expected camera@seconds.jpg");
    }
  }

  private static Set<String> of(TrackPartners partners, ImageFolder crops, int index) {
    Set<String> names = new TreeSet<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      names.add(crops.name(partners.partner(index, random)));
    }
    return names;
  }
}
