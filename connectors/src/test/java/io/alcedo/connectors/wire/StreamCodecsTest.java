package io.alcedo.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.AnalyticsRow.Crossings;
import io.alcedo.connectors.event.AnalyticsRow.Dwell;
import io.alcedo.connectors.event.AnalyticsRow.Heat;
import io.alcedo.connectors.event.AnalyticsRow.Speed;
import io.alcedo.connectors.event.DetectedObject;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.FrameId;
import io.alcedo.connectors.event.FrameRef;
import io.alcedo.connectors.event.LineStatus;
import io.alcedo.connectors.event.PictureFacts;
import io.alcedo.connectors.event.Snooze;
import io.alcedo.connectors.event.TrackState;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.connectors.event.TrackedObject;
import io.alcedo.connectors.geometry.Box;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tracks, alerts and analytics as released: they may be added to, never changed. */
class StreamCodecsTest {
  private static final FrameId FRAME = new FrameId("gate", "01JDEMO", 17);
  private static final FrameRef REF = new FrameRef("frames", 3, 9912);
  private static final Instant TIME = Instant.parse("2026-11-23T15:04:05.123456Z");

  private static final String TRACKS =
      """
      {"v":1,"frame":{"camera":"gate","session":"01JDEMO","sequence":17,\
      "ref":{"topic":"frames","partition":3,"offset":9912}},\
      "captureTime":"2026-11-23T15:04:05.123456Z","published":"2026-11-23T15:04:05.123456Z",\
      "status":"ok","model":"tiny@00","width":4,"height":3,\
      "picture":{"checksum":3735928559,"brightness":101.25,"contrast":40.5},\
      "objects":[{"id":"gate/01JDEMO/17#0","label":"person","score":0.9,"box":[1.0,0.5,2.0,2.0],\
      "attributes":[],"track":{"id":"gate/01JDEMO/3#1","state":"confirmed",\
      "opened":"2026-11-23T15:04:05.123456Z"}},\
      {"id":"gate/01JDEMO/17#1","label":"car","score":0.2,"box":[0.0,0.0,1.0,1.0],"attributes":[]}],\
      "ended":["gate/01JDEMO/1#0"]}""";
  private static final String ALERT =
      """
      {"v":1,"id":"ab12","state":"acknowledged","test":true,"rule":"loiter@1","type":"dwells","severity":"warning",\
      "camera":"gate","zone":"yard","line":"door","track":"gate/01JDEMO/3#1",\
      "frame":{"camera":"gate","session":"01JDEMO","sequence":17,\
      "ref":{"topic":"frames","partition":3,"offset":9912}},\
      "captureTime":"2026-11-23T15:04:05.123456Z","since":"2026-11-23T15:04:05.123456Z",\
      "message":"on my way","by":"kim",\
      "objects":[{"id":"gate/01JDEMO/17#0","track":"gate/01JDEMO/3#1","label":"person",\
      "score":0.9,"box":[1.0,0.5,2.0,2.0]}]}""";
  private static final String SNOOZE =
      """
      {"v":1,"camera":"gate","from":"2026-11-23T15:04:05.123456Z",\
      "until":"2026-11-23T15:04:06.123456Z","by":"kim"}""";
  private static final String ROW =
      """
      {"v":1,"camera":"gate","label":"person","start":"2026-11-23T15:04:05.123456Z",\
      "end":"2026-11-23T15:04:05.123456Z","frames":600,"observed":59.9,"tracks":12,\
      "occupancy":{"mean":1.5,"max":4},"entered":10,"left":9,\
      "dwell":{"stays":9,"p50":4.5,"p90":8.0,"p99":9.0,"max":9.0},\
      "crossings":{"door":{"leftToRight":3,"rightToLeft":1}},\
      "speed":{"mean":1.2,"max":2.5,"unit":"m/s"},"heat":{"columns":2,"seconds":[0.5,1.25]}}""";

  private static TrackedLine tracks() {
    DetectedObject person = object(0, "person", 0.9, new Box(1, 0.5, 2, 2));
    DetectedObject car = object(1, "car", 0.2, new Box(0, 0, 1, 1));
    DetectionLine line =
        new DetectionLine(
                FRAME, REF, TIME, TIME, LineStatus.OK, null, "tiny@00", 4, 3, List.of(person, car))
            .with(new PictureFacts(0xDEADBEEFL, 101.25, 40.5));
    TrackedObject tracked =
        new TrackedObject(person, "gate/01JDEMO/3#1", TrackState.CONFIRMED, TIME);
    return new TrackedLine(line, List.of(tracked), List.of("gate/01JDEMO/1#0"));
  }

  private static DetectedObject object(int index, String label, double score, Box box) {
    return new DetectedObject(FRAME.objectId(index), label, score, box, null, List.of());
  }

  private static Alert alert() {
    return new Alert(
        "ab12",
        Alert.State.ACKNOWLEDGED,
        true,
        "loiter@1",
        "dwells",
        "warning",
        "gate",
        "yard",
        "door",
        "gate/01JDEMO/3#1",
        FRAME,
        REF,
        TIME,
        TIME,
        "on my way",
        List.of(
            new Alert.Subject(
                "gate/01JDEMO/17#0", "gate/01JDEMO/3#1", "person", 0.9, new Box(1, 0.5, 2, 2))),
        "kim");
  }

  private static Snooze snooze() {
    return new Snooze(null, "gate", TIME, TIME.plusSeconds(1), "kim");
  }

  private static AnalyticsRow row() {
    return new AnalyticsRow(
        "gate",
        null,
        "person",
        TIME,
        TIME,
        600,
        59.9,
        12,
        1.5,
        4,
        10,
        9,
        new Dwell(9, 4.5, 8, 9, 9),
        Map.of("door", new Crossings(3, 1)),
        new Speed(1.2, 2.5, "m/s"),
        new Heat(2, List.of(0.5f, 1.25f)));
  }

  @Test
  void writesTheBytesOfVersion1() {
    assertThat(new String(TrackedLineCodec.write(tracks()), UTF_8)).isEqualTo(TRACKS);
    assertThat(new String(AlertCodec.write(alert()), UTF_8)).isEqualTo(ALERT);
    assertThat(new String(AnalyticsRowCodec.write(row()), UTF_8)).isEqualTo(ROW);
    assertThat(new String(SnoozeCodec.write(snooze()), UTF_8)).isEqualTo(SNOOZE);
  }

  @Test
  void readsWhatItWrote() throws WireFormatException {
    assertThat(TrackedLineCodec.read(TRACKS.getBytes(UTF_8))).isEqualTo(tracks());
    assertThat(AlertCodec.read(ALERT.getBytes(UTF_8))).isEqualTo(alert());
    assertThat(AnalyticsRowCodec.read(ROW.getBytes(UTF_8))).isEqualTo(row());
    assertThat(SnoozeCodec.read(SNOOZE.getBytes(UTF_8))).isEqualTo(snooze());
  }

  @Test
  void aLineOfTracksIsALineOfDetections() throws WireFormatException {
    assertThat(DetectionLineCodec.read(TRACKS.getBytes(UTF_8))).isEqualTo(tracks().line());
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(
            () -> TrackedLineCodec.read(TRACKS.replace("confirmed", "sure").getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("state is sure");
    assertThatThrownBy(() -> AlertCodec.read(ALERT.replace("acknowledged", "gone").getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("state is gone");
    assertThatThrownBy(() -> AnalyticsRowCodec.read(ROW.replace("p90", "p9").getBytes(UTF_8)))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("p90");
  }
}
