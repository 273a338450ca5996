package io.alcedo.operators.stream.analytics;

import io.alcedo.connectors.event.AnalyticsRow;
import io.alcedo.connectors.event.Revision;
import io.alcedo.connectors.event.TrackedLine;
import io.alcedo.operators.stream.control.LiveRevisions;
import io.alcedo.operators.stream.scene.CameraSpec;
import io.alcedo.operators.stream.scene.SceneHistory;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The {@link CameraAnalytics} of each camera. Needs its lines in sequence order. Revisions of
 * scenes that come while it runs hold from their {@code effectiveFrom} on.
 */
final class AnalyticsFunction
    extends KeyedBroadcastProcessFunction<String, TrackedLine, Revision, AnalyticsRow> {
  /** Cameras that came while the job ran, by camera@revision. */
  static final MapStateDescriptor<String, String> CAMERAS =
      LiveRevisions.state(CameraSpec.REVISIONS);

  private static final long serialVersionUID = 1L;

  private final AnalyticsOptions options;
  private final LiveRevisions<CameraSpec> cameras;
  private transient CameraAnalytics analytics; // null = a revision came since it was made
  private transient ValueState<AnalyticsState> state;

  AnalyticsFunction(AnalyticsOptions options, List<CameraSpec> cameras) {
    this.options = options;
    this.cameras = new LiveRevisions<>(CameraSpec.REVISIONS, cameras);
  }

  @Override
  public void open(OpenContext context) {
    state =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>("analytics", TypeInformation.of(AnalyticsState.class)));
    cameras.open(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(TrackedLine line, ReadOnlyContext context, Collector<AnalyticsRow> out)
      throws Exception {
    if (analytics == null) {
      List<CameraSpec> all = cameras.all(context.getBroadcastState(CAMERAS));
      analytics = new CameraAnalytics(options, SceneHistory.of(all));
    }
    AnalyticsState before = state.value();
    CameraAnalytics.Step step =
        analytics.accept(
            before == null ? AnalyticsState.START : before.requireKnownVersion(), line);
    state.update(step.state());
    step.rows().forEach(out::collect);
  }

  @Override
  public void processBroadcastElement(
      Revision revision, Context context, Collector<AnalyticsRow> out) throws Exception {
    if (cameras.take(revision, context.getBroadcastState(CAMERAS))) {
      analytics = null;
    }
  }
}
