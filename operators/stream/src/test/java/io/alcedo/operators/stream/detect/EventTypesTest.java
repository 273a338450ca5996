package io.alcedo.operators.stream.detect;

import static org.apache.flink.types.PojoTestUtils.assertSerializedAsPojoWithoutKryo;

import io.alcedo.connectors.event.Alert;
import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.CameraRecord;
import io.alcedo.connectors.event.DeadLetter;
import io.alcedo.connectors.event.DetectionLine;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.analytics.AnalyticsState;
import io.alcedo.operators.stream.rules.CameraRules;
import io.alcedo.operators.stream.sequence.SequenceState;
import io.alcedo.operators.stream.track.TrackerState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        CameraRecord.class,
        DetectedFrame.class,
        DetectionLine.class,
        DeadLetter.class,
        Alert.class,
        TrackedLine.class,
        TrackerState.class,
        AnalyticsRow.class,
        AnalyticsState.class,
        SequenceState.class,
        CameraRules.State.class
      })
  void flinkSerializesThemWithoutKryo(Class<?> type) {
    assertSerializedAsPojoWithoutKryo(type);
  }
}
