package io.alcedo.connectors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Crop;
import io.alcedo.connectors.pictures.JpegComment;
import org.junit.jupiter.api.Test;

class CropFileTest {
  /** What a JPEG must have: it begins, and a scan begins. */
  private static final byte[] JPEG = {-1, -40, -1, -38, 0, 2, 7, -1, -39};

  @Test
  void saysItselfWhatItShows() throws WireFormatException {
    Crop crop = CropHeadersTest.crop(JPEG);
    byte[] file = CropFile.write(crop);
    Crop read = CropFile.parse(file);

    assertThat(read).usingRecursiveComparison().ignoringFields("jpeg").isEqualTo(crop);
    assertThat(read.jpeg()).isEqualTo(file);
    assertThat(CropFile.write(crop)).isEqualTo(file);
    assertThat(JpegComment.find(file).orElseThrow())
        .isEqualTo(
            "{\"camera\":\"gate\",\"v\":\"1\",\"id\":\"gate/01JDEMO/17#2\",\"session\":\"01JDEMO\","
                + "\"sequence\":\"17\",\"track\":\"gate/01JDEMO/3#0\",\"label\":\"person\","
                + "\"score\":\"0.9312\",\"box\":\"10.25,20.00,31.50,90.00\","
                + "\"frameSize\":\"1280x720\",\"ref\":\"frames-2@99\","
                + "\"captureTime\":\"1795446245123456\",\"published\":\"1795446245200000\"}");
  }

  @Test
  void refusesWhatSaysNothingOfItself() {
    assertRefused(JPEG, "the file has no comment");
    assertRefused(JpegComment.put(JPEG, "a holiday"), "the file's comment is no JSON");
    assertRefused(JpegComment.put(JPEG, "[1]"), "the file's comment is no JSON object");
    assertRefused(JpegComment.put(JPEG, "{}"), "header 'v' is missing");
    assertRefused(JpegComment.put(JPEG, "{\"v\":\"2\"}"), "record has version 2");
    assertThatThrownBy(() -> CropFile.write(CropHeadersTest.crop(new byte[] {1, 2, 3, 4})))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("crop gate/01JDEMO/17#2: no JPEG: it does not begin with ff d8");
  }

  private static void assertRefused(byte[] file, String why) {
    assertThatThrownBy(() -> CropFile.parse(file))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(why);
  }
}
