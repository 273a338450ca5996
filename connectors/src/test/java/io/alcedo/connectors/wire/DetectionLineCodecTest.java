package io.alcedo.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Appearance;
import io.alcedo.connectors.event.Attribute;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.geometry.Box;
import io.alcedo.connectors.geometry.RleMask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionLineCodecTest {
  private static final FrameId FRAME = new FrameId("gate", "01JDEMO", 17);
  private static final FrameRef REF = new FrameRef("frames", 3, 9912);
  private static final Instant CAPTURED = Instant.parse("2026-11-23T15:04:05.123456Z");
  private static final Instant PUBLISHED = Instant.parse("2026-11-23T15:04:05.200000Z");

  /** The bytes of version 1 as released: they may be added to, never changed. */
  private static final String GOLDEN =
      """
      {"v":1,"frame":{"camera":"gate","session":"01JDEMO","sequence":17,\
      "ref":{"topic":"frames","partition":3,"offset":9912}},\
      "captureTime":"2026-11-23T15:04:05.123456Z","published":"2026-11-23T15:04:05.200000Z",\
      "status":"ok","model":"person-detector@3f2a91c0","width":4,"height":3,\
      "objects":[{"id":"gate/01JDEMO/17#0","label":"person","score":0.9312,\
      "box":[1.0,0.5,2.13,2.0],"mask":{"size":[3,4],"counts":"426"},\
      "attributes":[{"name":"pose","label":"sitting","score":0.25}]}]}""";

  private static final String HEARTBEAT =
      """
      {"v":1,"heartbeat":{"camera":"gate","session":"01JDEMO","sequence":17,\
      "ref":{"topic":"frames","partition":3,"offset":9912},"ended":false},\
      "captureTime":"2026-11-23T15:04:05.123456Z","published":"2026-11-23T15:04:05.200000Z"}""";

  @Test
  void writesTheBytesOfVersion1() {
    assertThat(new String(DetectionLineCodec.write(line()), UTF_8)).isEqualTo(GOLDEN);
  }

  @Test
  void readsWhatItWrote() throws WireFormatException {
    assertThat(DetectionLineCodec.read(GOLDEN.getBytes(UTF_8))).isEqualTo(line());
  }

  @Test
  void carriesWhatAClassifierSaidOfTheFrame() throws WireFormatException {
    DetectionLine classified =
        line()
            .classified(
                "weather@00112233",
                line().objects(),
                List.of(new Attribute("weather", "rain", 0.71)));

    String text = new String(DetectionLineCodec.write(classified), UTF_8);

    assertThat(text)
        .contains("\"model\":\"person-detector@3f2a91c0\",\"classifier\":\"weather@00112233\"")
        .endsWith("],\"attributes\":[{\"name\":\"weather\",\"label\":\"rain\",\"score\":0.71}]}");
    assertThat(DetectionLineCodec.read(text.getBytes(UTF_8))).isEqualTo(classified);
  }

  @Test
  void carriesWhatObjectsLookLikeToAnEncoder() throws WireFormatException {
    Appearance looks = Appearance.of(new float[] {0.6f, 0, -0.8f});
    DetectionLine seen =
        line()
            .encoded("appearance@1e2e51ce", List.of(line().objects().get(0).withAppearance(looks)));

    String text = new String(DetectionLineCodec.write(seen), UTF_8);

    assertThat(text)
        .contains("\"model\":\"person-detector@3f2a91c0\",\"encoder\":\"appearance@1e2e51ce\"")
        .endsWith("\"score\":0.25}],\"appearance\":\"TACa\"}]}");
    assertThat(DetectionLineCodec.read(text.getBytes(UTF_8))).isEqualTo(seen);
    assertRefused(text.replace("TACa", "AAAA"), "appearance is 'AAAA', expected a vector");
    assertRefused(text.replace("TACa", "T*"), "Illegal base64");
  }

  @Test
  void keepsHeartbeatsApartFromFrames() throws WireFormatException {
    DetectionLine beat =
        new DetectionLine(
            FRAME, REF, CAPTURED, PUBLISHED, LineStatus.HEARTBEAT, null, null, 0, 0, List.of());
    assertThat(new String(DetectionLineCodec.write(beat), UTF_8)).isEqualTo(HEARTBEAT);
    assertThat(DetectionLineCodec.read(HEARTBEAT.getBytes(UTF_8))).isEqualTo(beat);
  }

  @Test
  void ignoresFieldsThatALaterReleaseAdded() throws WireFormatException {
    String later = GOLDEN.replace("\"status\"", "\"weather\":\"rain\",\"status\"");
    assertThat(DetectionLineCodec.read(later.getBytes(UTF_8))).isEqualTo(line());
  }

  @Test
  void refusesAnotherVersion() {
    assertRefused(GOLDEN.replace("\"v\":1", "\"v\":2"), "version 2, this Alcedo reads version 1");
  }

  @Test
  void namesTheFieldThatIsWrong() {
    assertRefused(GOLDEN.replace("\"session\":\"01JDEMO\",", ""), "field 'session' is missing");
    assertRefused(GOLDEN.replace("0.9312", "9.5"), "score 9.5, expected 0 to 1");
    assertRefused(GOLDEN.replace("0.25}", "-1}"), "attribute pose=sitting has score -1.0");
    assertRefused(GOLDEN.replace("\"ok\"", "\"fine\""), "unknown line status 'fine'");
    assertRefused(GOLDEN.replace("[1.0,0.5,", "[\"x\",0.5,"), "not finite");
    assertRefused("frame", "no JSON");
  }

  private static void assertRefused(String line, String message) {
    assertThatThrownBy(() -> DetectionLineCodec.read(line.getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining(message);
  }

  private static DetectionLine line() {
    byte[] mask = new byte[12];
    mask[5] = 1;
    mask[9] = 1;
    DetectedObject person =
        new DetectedObject(
            FRAME.objectId(0),
            "person",
            0.9312,
            new Box(1, 0.5, 2.13, 2),
            RleMask.encode(mask, 3, 4),
            List.of(new Attribute("pose", "sitting", 0.25)));
    return new DetectionLine(
        FRAME,
        REF,
        CAPTURED,
        PUBLISHED,
        LineStatus.OK,
        null,
        "person-detector@3f2a91c0",
        4,
        3,
        List.of(person));
  }
}
